/** Pretended grids, each told in the JSON that its provider documents. */
import { type Asked, type Behaviour, type Reply, json } from './gridServer';

export interface Grid {
  readonly now: () => Date;
  /** In the zone that it is asked for, unless it shall answer for another. */
  readonly zone?: string;
  /** g/kWh, or price of a kWh, of the slot that begins at these Unix seconds; null where none is known. */
  readonly valueAt: (seconds: number) => number | null;
  /** How far its newest slot lies behind the present; negative: ahead. */
  readonly lagSeconds?: number;
}

const at = (seconds: number) => new Date(seconds * 1000).toISOString();
const minute = (seconds: number) => at(seconds).replace(':00.000Z', 'Z');
const floor = (seconds: number, slot: number) => Math.floor(seconds / slot) * slot;
const nowOf = ({ now, lagSeconds = 0 }: Grid) => now().getTime() / 1000 - lagSeconds;
const slots = (from: number, to: number, length: number) =>
  Array.from(
    { length: Math.max(0, Math.ceil((to - floor(from, length)) / length)) },
    (_, i) => floor(from, length) + i * length,
  );

export function gbGrid(grid: Grid): Behaviour {
  const period = (seconds: number, region: boolean) => {
    const value = grid.valueAt(seconds);
    const begun = seconds + 1800 <= nowOf(grid);
    const intensity = { forecast: value, ...(!region && { actual: begun ? value : null }), index: 'moderate' };
    return { from: minute(seconds), to: minute(seconds + 1800), intensity };
  };
  return ({ url }) => {
    const [, , regionId] = /\/(regionid|postcode)\/(\w+)$/.exec(url.pathname) ?? [];
    const [, from, to] = /\/intensity\/([^/]+)\/([^/]+)/.exec(url.pathname) ?? [];
    const start = from === undefined ? floor(nowOf(grid), 1800) : Date.parse(from) / 1000 - 1;
    const hours = /^fw(\d+)h$/.exec(to ?? '')?.[1];
    const end =
      from === undefined ? start + 1 : hours === undefined ? Date.parse(to!) / 1000 : start + Number(hours) * 3600;
    const data = slots(start, end, 1800).map((seconds) => period(seconds, regionId !== undefined));
    if (regionId === undefined) return json({ data });
    const asked = grid.zone ?? regionId;
    const region = {
      shortname: 'Somewhere',
      ...(/^\d/.test(asked) ? { regionid: Number(asked) } : { postcode: asked }),
      data,
    };
    return json({ data: from === undefined ? [region] : region });
  };
}

export function electricityMaps(grid: Grid): Behaviour {
  const entry = (url: URL, seconds: number) => ({
    zone: grid.zone ?? url.searchParams.get('zone'),
    carbonIntensity: grid.valueAt(seconds),
    datetime: at(seconds),
    updatedAt: at(seconds + 600),
    createdAt: at(seconds - 600),
    emissionFactorType: url.searchParams.get('emissionFactorType'),
    isEstimated: seconds + 3600 > nowOf(grid),
    estimationMethod: null,
  });
  return ({ url }) => {
    const what = url.pathname.split('/').at(-1);
    const now = floor(nowOf(grid), 3600);
    const zone = grid.zone ?? url.searchParams.get('zone');
    const told = (from: number, to: number) => slots(from, to, 3600).map((seconds) => entry(url, seconds));
    if (what === 'latest') return json(entry(url, now));
    if (what === 'history') return json({ zone, history: told(now - 23 * 3600, now + 1) });
    const [start, end] = [url.searchParams.get('start'), url.searchParams.get('end')];
    if (what === 'past-range') return json({ data: told(Date.parse(start!) / 1000, Date.parse(end!) / 1000) });
    const hours = Number(url.searchParams.get('horizonHours'));
    const forecast = told(now, now + hours * 3600).map(({ carbonIntensity, datetime }) => ({
      carbonIntensity,
      datetime,
    }));
    return json({ zone, forecast, updatedAt: at(now) });
  };
}

export interface WattTimeGrid extends Grid {
  readonly password: string;
  /** Of the logins, in turn; the last one stays. */
  readonly tokens: readonly string[];
  readonly warnings?: readonly unknown[];
}

const gramsOfPound = 0.45359237;

export function wattTime(grid: WattTimeGrid): Behaviour {
  let logins = 0;
  const told = (url: URL, from: number, to: number): Reply =>
    json({
      data: slots(from, to, 300).map((seconds) => {
        const grams = grid.valueAt(seconds);
        return {
          point_time: at(seconds).replace('.000Z', '+00:00'),
          value: grams === null ? null : grams / gramsOfPound,
        };
      }),
      meta: {
        region: grid.zone ?? url.searchParams.get('region'),
        signal_type: url.searchParams.get('signal_type'),
        units: 'lbs_co2_per_mwh',
        model: { date: '2024-01-01' },
        data_point_periods_second: 300,
        generated_at: at(floor(nowOf(grid), 300)).replace('.000Z', '+00:00'),
        ...(grid.warnings !== undefined && { warnings: grid.warnings }),
      },
    });
  return ({ url, headers }) => {
    if (url.pathname === '/login') {
      const expected = `Basic ${Buffer.from(`somebody:${grid.password}`).toString('base64')}`;
      if (headers.authorization !== expected) return json({ error: 'Invalid credentials' }, 403);
      return json({ token: grid.tokens[Math.min(logins++, grid.tokens.length - 1)] });
    }
    const now = floor(nowOf(grid), 300);
    const { searchParams: query } = url;
    if (url.pathname === '/v3/historical')
      return told(url, Date.parse(query.get('start')!) / 1000, Date.parse(query.get('end')!) / 1000);
    return told(url, now, now + 1 + Number(query.get('horizon_hours')) * 3600);
  };
}

export function carbonAwareSdk(grid: Grid): Behaviour {
  return ({ url }) => {
    const location = grid.zone ?? url.searchParams.get('location');
    const [time, toTime] = [url.searchParams.get('time'), url.searchParams.get('toTime')];
    const lag = grid.lagSeconds ?? 0;
    if (url.pathname === '/emissions/bylocation') {
      const found = slots(Date.parse(time!) / 1000 - lag, Date.parse(toTime!) / 1000 - lag, 3600);
      return json(
        found.map((seconds) => ({ location, time: at(seconds), rating: grid.valueAt(seconds), duration: '01:00:00' })),
      );
    }
    const now = floor(nowOf(grid), 300);
    const forecastData = slots(now, now + 24 * 3600, 300).map((seconds) => ({
      location,
      timestamp: at(seconds),
      duration: 5,
      value: grid.valueAt(seconds),
    }));
    return json([
      { generatedAt: at(now), requestedAt: at(now), location, windowSize: 5, optimalDataPoints: [], forecastData },
    ]);
  };
}

export function energyCharts(grid: Grid & { readonly unit?: string }): Behaviour {
  return ({ url }: Asked) => {
    const lag = grid.lagSeconds ?? 0;
    const bound = (name: string) => Date.parse(url.searchParams.get(name)!) / 1000 - lag;
    const starts = slots(bound('start'), bound('end') + 1, 3600);
    const price = starts.map((seconds) => {
      const value = grid.valueAt(seconds);
      return value === null ? null : value * 1000;
    });
    return json({
      license_info: 'CC BY 4.0 (creativecommons.org/licenses/by/4.0) from Bundesnetzagentur | SMARD.de',
      unix_seconds: starts,
      price,
      unit: grid.unit ?? 'EUR / MWh',
      deprecated: false,
    });
  };
}
