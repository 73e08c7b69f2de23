/* An nvidia-smi for the pretended driver: the texts and exit codes of the real one, for the options wattbandit uses. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void *device;
extern int nvmlInit_v2(void), nvmlShutdown(void);
extern const char *nvmlErrorString(int);
extern int nvmlDeviceGetCount_v2(unsigned *), nvmlDeviceGetHandleByIndex_v2(unsigned, device *);
extern int nvmlDeviceGetName(device, char *, unsigned), nvmlDeviceGetUUID(device, char *, unsigned);
extern int nvmlDeviceGetPowerManagementLimit(device, unsigned *), nvmlDeviceSetPowerManagementLimit(device, unsigned);
extern int nvmlDeviceGetPowerManagementLimitConstraints(device, unsigned *, unsigned *);
extern int nvmlDeviceGetPowerManagementDefaultLimit(device, unsigned *), nvmlDeviceGetEnforcedPowerLimit(device, unsigned *);
extern int nvmlDeviceGetTemperature(device, int, unsigned *);
extern int nvmlDeviceGetPowerUsage(device, unsigned *), nvmlDeviceGetPersistenceMode(device, unsigned *);
extern int nvmlDeviceGetMigMode(device, unsigned *, unsigned *);
struct pci {
  char busIdLegacy[16];
  unsigned domain, bus, device, pciDeviceId, pciSubSystemId;
  char busId[32];
};
extern int nvmlDeviceGetPciInfo_v3(device, struct pci *);

static int failInit(int code) {
  if (code == 9)
    puts("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA "
         "driver is installed and running.\n");
  else if (code == 12)
    puts("NVIDIA-SMI couldn't find libnvidia-ml.so library in your system. Please make sure that the NVIDIA Display Driver is "
         "properly installed and present in your system.");
  else
    printf("Failed to initialize NVML: %s\n", nvmlErrorString(code));
  return code == 1 || code == 999 ? 255 : code;
}

static void cell(int code, const char *text) {
  if (code == 0) fputs(text, stdout);
  else if (code == 3) fputs("[N/A]", stdout);
  else printf("[%s]", nvmlErrorString(code));
}

static void watts(int code, unsigned mw) {
  char text[32];
  snprintf(text, sizeof text, "%.2f", mw / 1000.0);
  cell(code, text);
}

/* Returns 0 for a field that does not exist. */
static int printField(device gpu, unsigned index, const char *field) {
  char text[96] = "";
  unsigned a = 0, b = 0;
  struct pci pci;
  int code;
  if (strcmp(field, "index") == 0) printf("%u", index);
  else if (strcmp(field, "uuid") == 0) code = nvmlDeviceGetUUID(gpu, text, sizeof text), cell(code, text);
  else if (strcmp(field, "name") == 0) code = nvmlDeviceGetName(gpu, text, sizeof text), cell(code, text);
  else if (strcmp(field, "pci.bus_id") == 0) code = nvmlDeviceGetPciInfo_v3(gpu, &pci), cell(code, pci.busId);
  else if (strcmp(field, "power.draw") == 0) code = nvmlDeviceGetPowerUsage(gpu, &a), watts(code, a);
  else if (strcmp(field, "power.limit") == 0) code = nvmlDeviceGetPowerManagementLimit(gpu, &a), watts(code, a);
  else if (strcmp(field, "enforced.power.limit") == 0) code = nvmlDeviceGetEnforcedPowerLimit(gpu, &a), watts(code, a);
  else if (strcmp(field, "power.default_limit") == 0)
    code = nvmlDeviceGetPowerManagementDefaultLimit(gpu, &a), watts(code, a);
  else if (strcmp(field, "power.min_limit") == 0)
    code = nvmlDeviceGetPowerManagementLimitConstraints(gpu, &a, &b), watts(code, a);
  else if (strcmp(field, "power.max_limit") == 0)
    code = nvmlDeviceGetPowerManagementLimitConstraints(gpu, &a, &b), watts(code, b);
  else if (strcmp(field, "temperature.gpu") == 0)
    code = nvmlDeviceGetTemperature(gpu, 0, &a), snprintf(text, sizeof text, "%u", a), cell(code, text);
  else if (strcmp(field, "persistence_mode") == 0)
    code = nvmlDeviceGetPersistenceMode(gpu, &a), cell(code, a ? "Enabled" : "Disabled");
  else if (strcmp(field, "mig.mode.current") == 0)
    code = nvmlDeviceGetMigMode(gpu, &a, &b), cell(code, a ? "Enabled" : "Disabled");
  else return 0;
  return 1;
}

static int query(device *gpus, unsigned *indices, unsigned count, const char *fields) {
  for (unsigned i = 0; i < count; i++) {
    char list[512];
    snprintf(list, sizeof list, "%s", fields);
    for (char *field = strtok(list, ","); field != NULL; field = strtok(NULL, ",")) {
      if (field != list) fputs(", ", stdout);
      if (printField(gpus[i], indices[i], field)) continue;
      printf("Field \"%s\" is not a valid field to query.\n\n", field);
      return 2;
    }
    putchar('\n');
  }
  return 0;
}

static int setOne(device gpu, double limit) {
  struct pci pci = {0};
  unsigned before = 0, min = 0, max = 0, persistence = 1;
  nvmlDeviceGetPciInfo_v3(gpu, &pci);
  nvmlDeviceGetPowerManagementLimit(gpu, &before);
  unsigned mw = (unsigned)(limit * 1000 + 0.5);
  int known = nvmlDeviceGetPowerManagementLimitConstraints(gpu, &min, &max) == 0;
  if (known && (mw < min || mw > max)) {
    printf("Provided power limit %.2f W is not a valid power limit which should be between %.2f W and %.2f W for GPU %s\n"
           "Terminating early due to previous errors.\n",
           limit, min / 1000.0, max / 1000.0, pci.busId);
    return 2;
  }
  int code = nvmlDeviceSetPowerManagementLimit(gpu, mw);
  if (code == 3) {
    printf("Changing power management limit is not supported for GPU: %s.\nTreating as warning and moving on.\n", pci.busId);
    return 0;
  }
  if (code != 0) {
    printf("Failed to set power management limit for GPU %s: %s\nTerminating early due to previous errors.\n", pci.busId,
           nvmlErrorString(code));
    return code == 1 || code == 999 ? 255 : code;
  }
  nvmlDeviceGetPersistenceMode(gpu, &persistence);
  if (!persistence)
    printf("Warning: persistence mode is disabled on device %s. See the Known Issues section of the nvidia-smi(1) man page for "
           "more information.\n",
           pci.busId);
  printf("Power limit for GPU %s was set to %.2f W from %.2f W.\n", pci.busId, limit, before / 1000.0);
  return 0;
}

/* By index, UUID or bus id; all GPUs where nothing was asked for. */
static unsigned choose(const char *asked, device *gpus, unsigned *indices) {
  unsigned all = 0, chosen = 0;
  nvmlDeviceGetCount_v2(&all);
  for (unsigned i = 0; i < all; i++) {
    char uuid[96] = "", index[12];
    struct pci pci = {0};
    device gpu;
    if (nvmlDeviceGetHandleByIndex_v2(i, &gpu) != 0) continue;
    nvmlDeviceGetUUID(gpu, uuid, sizeof uuid);
    nvmlDeviceGetPciInfo_v3(gpu, &pci);
    snprintf(index, sizeof index, "%u", i);
    if (asked != NULL && strcmp(asked, uuid) != 0 && strcmp(asked, index) != 0 && strcmp(asked, pci.busId) != 0) continue;
    gpus[chosen] = gpu;
    indices[chosen++] = i;
  }
  return chosen;
}

static int run(const char *asked, const char *fields, const char *limit) {
  device gpus[16];
  unsigned indices[16], count = choose(asked, gpus, indices);
  if (count == 0) return puts("No devices were found"), 6;
  if (fields != NULL) return query(gpus, indices, count, fields);
  for (unsigned i = 0; limit != NULL && i < count; i++) {
    int exitCode = setOne(gpus[i], atof(limit));
    if (exitCode != 0) return exitCode;
  }
  puts("All done.");
  return 0;
}

int main(int argc, char **argv) {
  const char *asked = NULL, *fields = NULL, *limit = NULL;
  for (int i = 1; i < argc; i++) {
    if (strncmp(argv[i], "--query-gpu=", 12) == 0) fields = argv[i] + 12;
    else if (strcmp(argv[i], "--format=csv,noheader,nounits") == 0) continue;
    else if (strcmp(argv[i], "-i") == 0 && i + 1 < argc) asked = argv[++i];
    else if (strcmp(argv[i], "-pl") == 0 && i + 1 < argc) limit = argv[++i];
    else return printf("Invalid combination of input arguments. Please run 'nvidia-smi -h' for help.\n"), 1;
  }
  int code = nvmlInit_v2();
  if (code != 0) return failInit(code);
  int exitCode = run(asked, fields, limit);
  nvmlShutdown();
  return exitCode;
}
