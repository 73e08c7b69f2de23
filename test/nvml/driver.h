/*
 * The pretended driver: GPUs that live in a shared file, so that limits, energy and faults outlive every process as in a kernel.
 * nvmlStub.c is its NVML library, fakeNvidiaSmi.c its nvidia-smi, control.c the hand of a test.
 * Time is the monotonic clock plus `skippedUs`, so a test can let an hour pass.
 */
#ifndef DRIVER_H
#define DRIVER_H

#include <pthread.h>
#include <stdint.h>

enum { MAX_GPUS = 16, MAX_RULES = 32, MAX_SETS = 65536, TICKS_PER_AVERAGE = 10, TICK_US = 100000 };

enum {
  OK = 0,
  UNINITIALIZED = 1,
  INVALID_ARGUMENT = 2,
  NOT_SUPPORTED = 3,
  NO_PERMISSION = 4,
  NOT_FOUND = 6,
  INSUFFICIENT_SIZE = 7,
  DRIVER_NOT_LOADED = 9,
  GPU_IS_LOST = 15
};

struct gpu {
  /* What the board is. */
  char uuid[48], name[64], busId[32];
  uint32_t minMw, maxMw, defaultMw, architecture;
  int32_t limitSupported, energySupported, migSupported;
  double idleWatts, responseSeconds;
  /* Throughput T*softmin(1, ((p-p0)/(pk-p0))^a); draw min(c + u*p, d) watts. */
  double T, p0, pk, a, c, u, d;

  /* What was set. */
  uint32_t limitMw, outOfBandMw;
  int32_t persistence, mig, processes;
  /* Clock-event bits besides those that follow from load and limit; a temperature, or 0 where it follows from the draw. */
  uint32_t reasons, celsius;
  /* 0 idle, 1 busy; busy for `duty` of every `periodSeconds`, always where that is 0. */
  double load, periodSeconds, duty;

  /* Where the physics stands. `ticks` has the energy at the last counter ticks, newest first. */
  int64_t atUs;
  double drawWatts, joules, sensedWatts, ticks[TICKS_PER_AVERAGE + 1];
};

/* How the driver misbehaves: calls of `function` (or all, "*") on `gpu` (or all, -1) take `delayUs` more and return `code`;
 * where that is -1 they do nothing and report success. */
struct rule {
  char function[64];
  int32_t gpu, code, delayUs, times; /* times: -1 for ever, 0 none left */
};

struct set {
  int64_t atUs;
  int32_t pid, gpu, code;
  uint32_t mw;
};

struct driver {
  char file[512]; /* this state's own path */
  uint32_t ready, count, generation;
  int32_t privileged; /* 1 every process may set limits, 0 none, -1 those of root */
  int64_t skippedUs;
  pthread_mutex_t lock;
  struct gpu gpus[MAX_GPUS];
  struct rule rules[MAX_RULES];
  uint32_t sets; /* ever made; the log keeps the last MAX_SETS */
  struct set log[MAX_SETS];
};

/* Maps the state file: the one WATTBANDIT_NVML_STATE names, else `state` beside this library. NULL where there is none. */
struct driver *driverMap(void);
struct driver *driverMapFile(const char *file);
void driverLock(struct driver *driver);
void driverUnlock(struct driver *driver);
/* A client holds the driver loaded until it closes this or dies. The first one finds the limits at their defaults. */
int driverOpenClient(struct driver *driver);
/* The rest: with the lock held. */
void driverSettleClients(struct driver *driver);
void driverReload(struct driver *driver);
uint32_t enforcedMw(const struct gpu *gpu);
double throughput(const struct gpu *gpu);
void passTime(struct driver *driver, struct gpu *gpu);
int64_t nowUs(const struct driver *driver);
/* Takes one use of the first rule that matches; its delay is for the caller to wait, without the lock. */
int takeRule(struct driver *driver, int gpu, const char *function, int *delayUs);
int mayControl(const struct driver *driver);
int setLimit(struct driver *driver, int gpu, uint32_t mw);

#endif
