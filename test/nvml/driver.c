/* The pretended driver: clients, time and physics. See driver.h. */
#define _GNU_SOURCE
#include "driver.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static const char *findStateFile(void) {
  const char *named = getenv("WATTBANDIT_NVML_STATE");
  if (named != NULL && *named != '\0') return named;
  static char beside[PATH_MAX];
  Dl_info self;
  if (dladdr((void *)driverMap, &self) == 0 || self.dli_fname == NULL) return "state";
  const char *slash = strrchr(self.dli_fname, '/');
  int length = slash == NULL ? 0 : (int)(slash - self.dli_fname) + 1;
  snprintf(beside, sizeof beside, "%.*sstate", length, self.dli_fname);
  return beside;
}

struct driver *driverMap(void) { return driverMapFile(findStateFile()); }

struct driver *driverMapFile(const char *file) {
  int fd = open(file, O_RDWR | O_CLOEXEC);
  if (fd < 0) return NULL;
  void *at = mmap(NULL, sizeof(struct driver), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (at == MAP_FAILED) return NULL;
  struct driver *driver = at;
  if (!driver->ready) return munmap(at, sizeof *driver), NULL;
  return driver;
}

/* A process that was killed inside the lock leaves a state that is at worst one assignment behind. */
void driverLock(struct driver *driver) {
  if (pthread_mutex_lock(&driver->lock) == EOWNERDEAD) pthread_mutex_consistent(&driver->lock);
}

void driverUnlock(struct driver *driver) { pthread_mutex_unlock(&driver->lock); }

/* Clients share a kernel lock on the state file: it ends with the process, however that ends. */
int driverOpenClient(struct driver *driver) {
  int fd = open(driver->file, O_RDWR | O_CLOEXEC);
  if (fd < 0) return -1;
  driverLock(driver);
  driverSettleClients(driver);
  flock(fd, LOCK_SH);
  driverUnlock(driver);
  return fd;
}

/* With no client and no persistence the driver was unloaded, and its limits are lost. */
void driverSettleClients(struct driver *driver) {
  int fd = open(driver->file, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
    for (uint32_t i = 0; i < driver->count; i++) {
      struct gpu *gpu = &driver->gpus[i];
      passTime(driver, gpu);
      if (!gpu->persistence) gpu->limitMw = gpu->defaultMw;
    }
  }
  close(fd);
}

/* Handles of before are lost; limits are the defaults, counters start again. */
void driverReload(struct driver *driver) {
  driver->generation++;
  for (uint32_t i = 0; i < driver->count; i++) {
    struct gpu *gpu = &driver->gpus[i];
    passTime(driver, gpu);
    gpu->limitMw = gpu->defaultMw;
    gpu->joules = 0;
    memset(gpu->ticks, 0, sizeof gpu->ticks);
  }
}

int64_t nowUs(const struct driver *driver) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000LL + now.tv_nsec / 1000 + driver->skippedUs;
}

uint32_t enforcedMw(const struct gpu *gpu) {
  return gpu->outOfBandMw != 0 && gpu->outOfBandMw < gpu->limitMw ? gpu->outOfBandMw : gpu->limitMw;
}

double throughput(const struct gpu *gpu) {
  double watts = enforcedMw(gpu) / 1000.0;
  double x = pow(fmax(watts - gpu->p0, 1e-3) / (gpu->pk - gpu->p0), gpu->a);
  return gpu->T * pow(1 + pow(x, -8), -1.0 / 8);
}

static double busyWatts(const struct gpu *gpu) { return fmin(gpu->c + gpu->u * enforcedMw(gpu) / 1000.0, gpu->d); }

/* When the load next changes, and what it draws until then. */
static int64_t waveEdge(const struct gpu *gpu, double *targetWatts) {
  int64_t periodUs = (int64_t)(gpu->periodSeconds * 1e6), busyUs = (int64_t)(periodUs * gpu->duty);
  int64_t phase = periodUs > 0 ? gpu->atUs % periodUs : 0;
  int busy = periodUs == 0 || phase < busyUs;
  *targetWatts = gpu->idleWatts + (busy ? gpu->load * fmax(busyWatts(gpu) - gpu->idleWatts, 0) : 0);
  return periodUs == 0 ? INT64_MAX : gpu->atUs - phase + (busy ? busyUs : periodUs);
}

static void tick(struct gpu *gpu) {
  memmove(gpu->ticks + 1, gpu->ticks, TICKS_PER_AVERAGE * sizeof *gpu->ticks);
  gpu->ticks[0] = gpu->joules;
  gpu->sensedWatts = gpu->drawWatts;
}

/* Draw tends to its target exponentially; between two edges of load or counter its integral is exact. */
void passTime(struct driver *driver, struct gpu *gpu) {
  int64_t now = nowUs(driver);
  while (gpu->atUs < now) {
    double target;
    int64_t edge = waveEdge(gpu, &target), nextTick = (gpu->atUs / TICK_US + 1) * TICK_US, end = now;
    if (edge < end) end = edge;
    if (nextTick < end) end = nextTick;
    double seconds = (end - gpu->atUs) / 1e6, decay = exp(-seconds / gpu->responseSeconds);
    gpu->joules += target * seconds + (gpu->drawWatts - target) * gpu->responseSeconds * (1 - decay);
    gpu->drawWatts = target + (gpu->drawWatts - target) * decay;
    gpu->atUs = end;
    if (end == nextTick) tick(gpu);
  }
}

int takeRule(struct driver *driver, int gpu, const char *function, int *delayUs) {
  *delayUs = 0;
  for (struct rule *rule = driver->rules; rule < driver->rules + MAX_RULES; rule++) {
    if (rule->times == 0 || (rule->gpu >= 0 && rule->gpu != gpu)) continue;
    if (strcmp(rule->function, "*") != 0 && strcmp(rule->function, function) != 0) continue;
    if (rule->times > 0) rule->times--;
    *delayUs += rule->delayUs;
    if (rule->code != OK) return rule->code;
  }
  return OK;
}

int mayControl(const struct driver *driver) {
  const char *named = getenv("WATTBANDIT_NVML_EUID");
  if (named != NULL && *named != '\0') return atoi(named) == 0;
  return driver->privileged < 0 ? geteuid() == 0 : driver->privileged;
}

static int refusal(const struct driver *driver, const struct gpu *gpu, uint32_t mw) {
  if (!gpu->limitSupported) return NOT_SUPPORTED;
  if (!mayControl(driver)) return NO_PERMISSION;
  return mw < gpu->minMw || mw > gpu->maxMw ? INVALID_ARGUMENT : OK;
}

/* Logged, then done: a process killed in between leaves a log that is one set ahead, and never a limit that nobody logged. */
int setLimit(struct driver *driver, int index, uint32_t mw) {
  struct gpu *gpu = &driver->gpus[index];
  int code = refusal(driver, gpu, mw);
  struct set made = {nowUs(driver), getpid(), index, code, mw};
  driver->log[driver->sets % MAX_SETS] = made;
  __atomic_store_n(&driver->sets, driver->sets + 1, __ATOMIC_SEQ_CST);
  if (code != OK) return code;
  passTime(driver, gpu);
  gpu->limitMw = mw;
  return OK;
}
