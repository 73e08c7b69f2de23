/* The hand of a test on the pretended driver: makes hosts, causes load and faults, and reads the truth without being a client. */
#define _GNU_SOURCE
#include "driver.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Returns NULL where the file cannot be written. */
struct driver *controlCreate(const char *file) {
  int fd = open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0) return NULL;
  if (fchmod(fd, 0666) != 0 || ftruncate(fd, sizeof(struct driver)) != 0) return close(fd), NULL;
  struct driver *driver = mmap(NULL, sizeof *driver, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (driver == MAP_FAILED) return NULL;
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&driver->lock, &attributes);
  snprintf(driver->file, sizeof driver->file, "%s", file);
  driver->privileged = 1;
  driver->ready = 1;
  munmap(driver, sizeof *driver);
  return driverMapFile(file);
}

struct driver *controlOpen(const char *file) { return driverMapFile(file); }
void controlClose(struct driver *driver) { munmap(driver, sizeof *driver); }

/* `numbers`: min, max, default mW; architecture; limit, energy, MIG supported; idle W; response s. */
int controlAddGpu(struct driver *driver, const char *uuid, const char *name, const double *numbers) {
  if (driver->count == MAX_GPUS) return -1;
  driverLock(driver);
  int index = (int)driver->count;
  struct gpu *gpu = &driver->gpus[index];
  snprintf(gpu->uuid, sizeof gpu->uuid, "%s", uuid);
  snprintf(gpu->name, sizeof gpu->name, "%s", name);
  snprintf(gpu->busId, sizeof gpu->busId, "00000000:%02X:00.0", 0x1a + index);
  gpu->minMw = (uint32_t)numbers[0];
  gpu->maxMw = (uint32_t)numbers[1];
  gpu->defaultMw = gpu->limitMw = (uint32_t)numbers[2];
  gpu->architecture = (uint32_t)numbers[3];
  gpu->limitSupported = numbers[4] != 0;
  gpu->energySupported = numbers[5] != 0;
  gpu->migSupported = numbers[6] != 0;
  gpu->idleWatts = gpu->drawWatts = gpu->sensedWatts = numbers[7];
  gpu->responseSeconds = numbers[8];
  gpu->persistence = 1;
  gpu->atUs = nowUs(driver);
  driver->count++;
  driverUnlock(driver);
  return index;
}

/* `curve`: T, p0, pk, a, c, u, d. */
void controlSetCurve(struct driver *driver, int index, const double *curve) {
  driverLock(driver);
  struct gpu *gpu = &driver->gpus[index];
  passTime(driver, gpu);
  double *at[] = {&gpu->T, &gpu->p0, &gpu->pk, &gpu->a, &gpu->c, &gpu->u, &gpu->d};
  for (int i = 0; i < 7; i++) *at[i] = curve[i];
  driverUnlock(driver);
}

void controlSetLoad(struct driver *driver, int index, double load, double periodSeconds, double duty) {
  driverLock(driver);
  struct gpu *gpu = &driver->gpus[index];
  passTime(driver, gpu);
  gpu->load = load;
  gpu->periodSeconds = periodSeconds;
  gpu->duty = duty;
  driverUnlock(driver);
}

/* `numbers`: persistence, MIG, processes computing, out-of-band cap in mW or 0, clock-event bits,
 * degrees Celsius or 0; what is below 0 stays as it is. */
void controlSetMode(struct driver *driver, int index, const double *numbers) {
  driverLock(driver);
  struct gpu *gpu = &driver->gpus[index];
  passTime(driver, gpu);
  if (numbers[0] >= 0) gpu->persistence = numbers[0] != 0;
  if (numbers[1] >= 0) gpu->mig = numbers[1] != 0;
  if (numbers[2] >= 0) gpu->processes = (int32_t)numbers[2];
  if (numbers[3] >= 0) gpu->outOfBandMw = (uint32_t)numbers[3];
  if (numbers[4] >= 0) gpu->reasons = (uint32_t)numbers[4];
  if (numbers[5] >= 0) gpu->celsius = (uint32_t)numbers[5];
  driverUnlock(driver);
}

/* As an administrator does, past every rule and unlogged. */
void controlSetLimit(struct driver *driver, int index, unsigned mw) {
  driverLock(driver);
  passTime(driver, &driver->gpus[index]);
  driver->gpus[index].limitMw = mw;
  driverUnlock(driver);
}

int controlAddRule(struct driver *driver, int gpu, const char *function, int code, int delayUs, int times) {
  driverLock(driver);
  struct rule *rule = driver->rules;
  while (rule < driver->rules + MAX_RULES && rule->times != 0) rule++;
  int found = rule < driver->rules + MAX_RULES;
  if (found) {
    snprintf(rule->function, sizeof rule->function, "%s", function);
    rule->gpu = gpu;
    rule->code = code;
    rule->delayUs = delayUs;
    rule->times = times;
  }
  driverUnlock(driver);
  return found ? 0 : -1;
}

void controlClearRules(struct driver *driver) {
  driverLock(driver);
  memset(driver->rules, 0, sizeof driver->rules);
  driverUnlock(driver);
}

void controlSetPrivileged(struct driver *driver, int privileged) { driver->privileged = privileged; }

void controlReload(struct driver *driver) {
  driverLock(driver);
  driverReload(driver);
  driverUnlock(driver);
}

void controlSkip(struct driver *driver, double seconds) {
  driverLock(driver);
  driver->skippedUs += (int64_t)(seconds * 1e6);
  driverUnlock(driver);
}

/* `to`: limit mW, enforced mW, joules without the counter's ticks, draw W, throughput. */
void controlRead(struct driver *driver, int index, double *to) {
  driverLock(driver);
  driverSettleClients(driver);
  struct gpu *gpu = &driver->gpus[index];
  passTime(driver, gpu);
  to[0] = gpu->limitMw;
  to[1] = enforcedMw(gpu);
  to[2] = gpu->joules;
  to[3] = gpu->drawWatts;
  to[4] = throughput(gpu);
  driverUnlock(driver);
}

int controlCount(struct driver *driver) { return (int)driver->count; }
void controlUuid(struct driver *driver, int index, char *to, unsigned length) {
  snprintf(to, length, "%s", driver->gpus[index].uuid);
}

/* Five numbers a set: seconds, pid, gpu, mW, return code. Writes sets `from` and later; returns how many there ever were. */
int controlSets(struct driver *driver, unsigned from, double *to, unsigned capacity) {
  driverLock(driver);
  for (unsigned i = from, n = 0; i < driver->sets && n < capacity; i++, n++) {
    const struct set *set = &driver->log[i % MAX_SETS];
    double row[] = {set->atUs / 1e6, set->pid, set->gpu, set->mw, set->code};
    memcpy(to + 5 * n, row, sizeof row);
  }
  int sets = (int)driver->sets;
  driverUnlock(driver);
  return sets;
}
