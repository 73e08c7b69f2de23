/** The functions of test/nvml/control.c. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import koffi from 'koffi';

const signatures = {
  controlCreate: 'void *controlCreate(const char *file)',
  controlOpen: 'void *controlOpen(const char *file)',
  controlClose: 'void controlClose(void *driver)',
  controlAddGpu: 'int controlAddGpu(void *driver, const char *uuid, const char *name, const double *numbers)',
  controlSetCurve: 'void controlSetCurve(void *driver, int index, const double *curve)',
  controlSetLoad: 'void controlSetLoad(void *driver, int index, double load, double periodSeconds, double duty)',
  controlSetMode: 'void controlSetMode(void *driver, int index, const double *numbers)',
  controlSetLimit: 'void controlSetLimit(void *driver, int index, unsigned int mw)',
  controlAddRule: 'int controlAddRule(void *driver, int gpu, const char *call, int code, int delayUs, int times)',
  controlClearRules: 'void controlClearRules(void *driver)',
  controlSetPrivileged: 'void controlSetPrivileged(void *driver, int privileged)',
  controlReload: 'void controlReload(void *driver)',
  controlSkip: 'void controlSkip(void *driver, double seconds)',
  controlRead: 'void controlRead(void *driver, int index, double *to)',
  controlCount: 'int controlCount(void *driver)',
  controlUuid: 'void controlUuid(void *driver, int index, uint8_t *to, unsigned int length)',
  controlSets: 'int controlSets(void *driver, unsigned int from, double *to, unsigned int capacity)',
} as const;

export type Control = Record<keyof typeof signatures, (...args: readonly unknown[]) => number>;

let loaded: Control | undefined;

export function openControl(built: string, how: 'controlCreate' | 'controlOpen', state: string) {
  if (loaded === undefined) {
    const library = koffi.load(path.join(built, 'control.so'));
    const entries = Object.entries(signatures).map(([name, signature]) => [name, library.func(signature)]);
    loaded = Object.fromEntries(entries) as Control;
  }
  const driver: unknown = loaded[how](state);
  if (driver === null || driver === undefined || !existsSync(state)) throw new Error(`Cannot open GPUs at ${state}.`);
  return { control: loaded, driver };
}
