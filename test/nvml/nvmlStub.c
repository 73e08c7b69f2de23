/*
 * An NVML library for the pretended driver: the entries wattbandit, zeusd and nvidia-ml-py call, by their documented signatures.
 * A handle is generation and index in disguise and is never followed, so a stale or wrong one gives an error and no crash.
 */
#include "driver.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef void *device;
struct pci {
  char busIdLegacy[16];
  unsigned domain, bus, device, pciDeviceId, pciSubSystemId;
  char busId[32];
};
struct utilization {
  unsigned gpu, memory;
};
struct fieldValue {
  unsigned fieldId, scopeId;
  long long timestamp, latencyUsec;
  unsigned valueType;
  int code;
  union {
    unsigned mw;
    unsigned long long mj;
  } value;
};
_Static_assert(sizeof(struct pci) == 68 && sizeof(struct fieldValue) == 40, "the ABI of NVML");

static struct driver *driver;
static unsigned clients, generation;
static int clientFd = -1;

/* Waits and fails as a rule says, by less than 0 to pretend success; with the lock held if all is well. */
static int enter(int gpu, const char *function) {
  if (clients == 0) return UNINITIALIZED;
  int delayUs;
  driverLock(driver);
  int code = takeRule(driver, gpu, function, &delayUs);
  driverUnlock(driver);
  if (delayUs > 0) usleep(delayUs);
  if (code == OK) driverLock(driver);
  return code;
}

static int leave(int code) {
  driverUnlock(driver);
  return code;
}

static device handleOf(int gpu) { return (device)(((uintptr_t)generation << 8) | (uintptr_t)(gpu + 1)); }

/* Which GPU a handle means; a negated return code where none. */
static int gpuOf(device handle) {
  uintptr_t bits = (uintptr_t)handle;
  if (clients == 0) return -UNINITIALIZED;
  if ((bits & 0xff) == 0 || (bits & 0xff) > driver->count) return -INVALID_ARGUMENT;
  return bits >> 8 == driver->generation ? (int)(bits & 0xff) - 1 : -GPU_IS_LOST;
}

/* The body of an entry that reads or changes one GPU. */
#define ON_GPU(function, body)                       \
  do {                                               \
    int index = gpuOf(handle);                       \
    if (index < 0) return -index;                    \
    int entered = enter(index, function);            \
    if (entered != OK) return entered > 0 ? entered : OK; \
    struct gpu *gpu = &driver->gpus[index];          \
    (void)gpu;                                       \
    body;                                            \
    return leave(OK);                                \
  } while (0)

static int copyText(char *to, unsigned length, const char *text) {
  if (length <= strlen(text)) return INSUFFICIENT_SIZE;
  strcpy(to, text);
  return OK;
}

int nvmlInitWithFlags(unsigned flags) {
  (void)flags;
  if (clients > 0) return clients++, OK;
  if (driver == NULL && (driver = driverMap()) == NULL) return DRIVER_NOT_LOADED;
  int delayUs;
  driverLock(driver);
  int code = takeRule(driver, -1, "Init", &delayUs);
  driverUnlock(driver);
  if (delayUs > 0) usleep(delayUs);
  if (code != OK) return code;
  clientFd = driverOpenClient(driver);
  generation = driver->generation;
  clients = 1;
  return OK;
}
int nvmlInit_v2(void) { return nvmlInitWithFlags(0); }
int nvmlInit(void) { return nvmlInitWithFlags(0); }

int nvmlShutdown(void) {
  if (clients == 0) return UNINITIALIZED;
  if (--clients > 0) return OK;
  driverLock(driver);
  if (clientFd >= 0) close(clientFd);
  clientFd = -1;
  driverSettleClients(driver);
  return leave(OK);
}

const char *nvmlErrorString(int code) {
  static const struct {
    int code;
    const char *text;
  } texts[] = {{0, "Success"},
               {1, "Uninitialized"},
               {2, "Invalid Argument"},
               {3, "Not Supported"},
               {4, "Insufficient Permissions"},
               {6, "Not Found"},
               {7, "Insufficient Size"},
               {9, "Driver Not Loaded"},
               {10, "Timeout"},
               {12, "Shared Library Not Found"},
               {13, "Function Not Found"},
               {15, "GPU is lost"},
               {18, "Driver/library version mismatch"},
               {999, "Unknown Error"}};
  for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++)
    if (texts[i].code == code) return texts[i].text;
  return "Unknown Error";
}

int nvmlSystemGetDriverVersion(char *to, unsigned length) { return copyText(to, length, "999.99.1"); }
int nvmlSystemGetNVMLVersion(char *to, unsigned length) { return copyText(to, length, "13.999.99.1"); }

int nvmlDeviceGetCount_v2(unsigned *count) {
  int entered = enter(-1, "GetCount");
  if (entered != OK) return entered;
  *count = driver->count;
  return leave(OK);
}

int nvmlDeviceGetHandleByIndex_v2(unsigned index, device *handle) {
  int entered = enter((int)index, "GetHandle");
  if (entered != OK) return entered;
  if (generation != driver->generation) return leave(UNINITIALIZED);
  if (index >= driver->count) return leave(INVALID_ARGUMENT);
  *handle = handleOf((int)index);
  return leave(OK);
}

int nvmlDeviceGetHandleByUUID(const char *uuid, device *handle) {
  if (clients == 0) return UNINITIALIZED;
  for (unsigned i = 0; i < driver->count; i++)
    if (strcmp(driver->gpus[i].uuid, uuid) == 0) return nvmlDeviceGetHandleByIndex_v2(i, handle);
  return NOT_FOUND;
}

int nvmlDeviceGetIndex(device handle, unsigned *to) { ON_GPU("GetIndex", *to = (unsigned)index); }
int nvmlDeviceGetName(device handle, char *to, unsigned length) {
  ON_GPU("GetName", return leave(copyText(to, length, gpu->name)));
}
int nvmlDeviceGetUUID(device handle, char *to, unsigned length) {
  ON_GPU("GetUUID", return leave(copyText(to, length, gpu->uuid)));
}
int nvmlDeviceGetArchitecture(device handle, unsigned *to) { ON_GPU("GetArchitecture", *to = gpu->architecture); }

int nvmlDeviceGetPciInfo_v3(device handle, struct pci *to) {
  ON_GPU("GetPciInfo", {
    memset(to, 0, sizeof *to);
    sscanf(gpu->busId, "%x:%x:%x", &to->domain, &to->bus, &to->device);
    snprintf(to->busId, sizeof to->busId, "%s", gpu->busId);
    snprintf(to->busIdLegacy, sizeof to->busIdLegacy, "%04X:%02X:%02X.0", to->domain & 0xffff, to->bus & 0xff,
             to->device & 0xff);
  });
}

int nvmlDeviceGetPowerManagementLimit(device handle, unsigned *to) {
  ON_GPU("GetPowerManagementLimit", {
    if (!gpu->limitSupported) return leave(NOT_SUPPORTED);
    *to = gpu->limitMw;
  });
}
int nvmlDeviceSetPowerManagementLimit(device handle, unsigned mw) {
  ON_GPU("SetPowerManagementLimit", return leave(setLimit(driver, index, mw)));
}
int nvmlDeviceGetPowerManagementLimitConstraints(device handle, unsigned *min, unsigned *max) {
  ON_GPU("GetPowerManagementLimitConstraints", {
    if (!gpu->limitSupported) return leave(NOT_SUPPORTED);
    *min = gpu->minMw;
    *max = gpu->maxMw;
  });
}
int nvmlDeviceGetPowerManagementDefaultLimit(device handle, unsigned *to) {
  ON_GPU("GetPowerManagementDefaultLimit", {
    if (!gpu->limitSupported) return leave(NOT_SUPPORTED);
    *to = gpu->defaultMw;
  });
}
int nvmlDeviceGetEnforcedPowerLimit(device handle, unsigned *to) {
  ON_GPU("GetEnforcedPowerLimit", *to = enforcedMw(gpu));
}

static unsigned averageMw(const struct gpu *gpu) {
  return (unsigned)((gpu->ticks[0] - gpu->ticks[TICKS_PER_AVERAGE]) * 1e9 / (TICKS_PER_AVERAGE * TICK_US));
}

/* A 1 s average on Ampere and newer, except GA100; nothing here is a GA100. */
int nvmlDeviceGetPowerUsage(device handle, unsigned *to) {
  ON_GPU("GetPowerUsage", {
    passTime(driver, gpu);
    *to = gpu->architecture >= 7 ? averageMw(gpu) : (unsigned)(gpu->sensedWatts * 1000);
  });
}
int nvmlDeviceGetTotalEnergyConsumption(device handle, unsigned long long *to) {
  ON_GPU("GetTotalEnergyConsumption", {
    if (!gpu->energySupported) return leave(NOT_SUPPORTED);
    passTime(driver, gpu);
    *to = (unsigned long long)(gpu->ticks[0] * 1000);
  });
}

static int readField(struct gpu *gpu, struct fieldValue *to) {
  to->valueType = 1;
  switch (to->fieldId) {
    case 83:
    case 191:
      if (!gpu->energySupported) return NOT_SUPPORTED;
      to->valueType = 3;
      to->value.mj = (unsigned long long)(gpu->ticks[0] * 1000);
      return OK;
    case 185: return to->value.mw = averageMw(gpu), gpu->architecture >= 7 ? OK : NOT_SUPPORTED;
    case 186: return to->value.mw = (unsigned)(gpu->sensedWatts * 1000), OK;
    case 187: return to->value.mw = gpu->minMw, OK;
    case 188: return to->value.mw = gpu->maxMw, OK;
    case 189: return to->value.mw = gpu->defaultMw, OK;
    case 190: return to->value.mw = enforcedMw(gpu), OK;
    case 192: return to->value.mw = gpu->limitMw, OK;
    default: return NOT_SUPPORTED;
  }
}
int nvmlDeviceGetFieldValues(device handle, int count, struct fieldValue *values) {
  ON_GPU("GetFieldValues", {
    passTime(driver, gpu);
    for (int i = 0; i < count; i++) {
      values[i].timestamp = nowUs(driver);
      values[i].code = readField(gpu, &values[i]);
    }
  });
}

int nvmlDeviceGetUtilizationRates(device handle, struct utilization *to) {
  ON_GPU("GetUtilizationRates", to->gpu = (unsigned)(100 * gpu->load); to->memory = to->gpu / 2);
}
int nvmlDeviceGetTemperature(device handle, int sensor, unsigned *to) {
  (void)sensor;
  ON_GPU("GetTemperature", {
    passTime(driver, gpu);
    *to = gpu->celsius != 0 ? gpu->celsius : (unsigned)(30 + gpu->drawWatts / 8);
  });
}
/* 0x1 idle, 0x4 held back by the power limit. */
static unsigned clockReasons(const struct gpu *gpu) {
  if (gpu->load == 0) return gpu->reasons | 0x1;
  return gpu->reasons | (gpu->c + gpu->u * enforcedMw(gpu) / 1000.0 < gpu->d ? 0x4 : 0);
}
int nvmlDeviceGetCurrentClocksEventReasons(device handle, unsigned long long *to) {
  ON_GPU("GetCurrentClocksEventReasons", *to = clockReasons(gpu));
}
/* The name of before driver 535. */
int nvmlDeviceGetCurrentClocksThrottleReasons(device handle, unsigned long long *to) {
  ON_GPU("GetCurrentClocksThrottleReasons", *to = clockReasons(gpu));
}
int nvmlDeviceGetPersistenceMode(device handle, unsigned *to) {
  ON_GPU("GetPersistenceMode", *to = (unsigned)gpu->persistence);
}
int nvmlDeviceSetPersistenceMode(device handle, unsigned mode) {
  ON_GPU("SetPersistenceMode", {
    if (!mayControl(driver)) return leave(NO_PERMISSION);
    gpu->persistence = mode != 0;
  });
}
int nvmlDeviceGetMigMode(device handle, unsigned *current, unsigned *pending) {
  ON_GPU("GetMigMode", {
    if (!gpu->migSupported) return leave(NOT_SUPPORTED);
    *current = *pending = (unsigned)gpu->mig;
  });
}

/* Tells how many there are; who they are, nobody asks. */
int nvmlDeviceGetComputeRunningProcesses_v3(device handle, unsigned *count, void *infos) {
  (void)infos;
  ON_GPU("GetComputeRunningProcesses", {
    *count = (unsigned)gpu->processes;
    return leave(gpu->processes == 0 ? OK : INSUFFICIENT_SIZE);
  });
}
