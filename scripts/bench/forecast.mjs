/**
 * How far the forecaster is off on the recorded grids: it watches 2020 and is measured in 2021, against the value staying as it
 * is. Prints one JSON object of mean absolute errors in per cent (MAPE): `npm run bench:forecast`.
 */
import { join } from 'node:path';
import { compiled } from '../embedded.mjs';
import { prepare, root } from '../prepare.mjs';

await prepare();
const { forecast } = compiled('policy/forecast');
const { forecastersOf } = compiled('simulation/carbonPolicies');
const { loadZones } = compiled('simulation/tracesCarbon');

const leadHours = [1, 6, 24];

function errorsOf(series) {
  const { gramsPerKwh: grams } = series;
  const forecasters = forecastersOf(series);
  const measured = [...grams.keys()].filter((hour) => hour >= grams.length / 2 && hour + 24 < grams.length);
  const mape = (expected, lead) => {
    const errors = measured.map((hour) => Math.abs(expected(hour, lead) / grams[hour + lead] - 1));
    return Number(((100 * errors.reduce((sum, error) => sum + error, 0)) / errors.length).toFixed(2));
  };
  const byLead = (expected) => Object.fromEntries(leadHours.map((lead) => [`${lead}h`, mape(expected, lead)]));
  return {
    forecaster: byLead((hour, lead) => forecast(forecasters[hour], lead)),
    persistence: byLead((hour) => grams[hour]),
  };
}

const zones = loadZones(process.argv[2] ?? join(root, 'data', 'carbon'));
console.log(JSON.stringify(Object.fromEntries(zones.map((series) => [series.zone, errorsOf(series)]))));
