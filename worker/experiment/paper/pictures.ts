/** The report's pictures. Drawing takes a second to load, so this file is imported only where a report is made. */
import type { TraceWorld } from '../../../simulation/traceWorld';
import { svgFileOf } from '../../plot/picture';
import { regretPicture, type RegretCurve } from '../../plot/regret';
import { traceTradeOff } from '../../plot/traceFacts';
import { tradeOffPicture } from '../../plot/tradeOff';
import type { Picture } from './section';

export function frontPicture(world: TraceWorld): Picture {
  const drawn = tradeOffPicture(traceTradeOff(world, 0.5));
  return { file: `front-${world.gpus.model}-${world.job.id}.svg`, title: drawn.title, svg: svgFileOf(drawn) };
}

export function learningPicture(curves: readonly RegretCurve[], band: string): Picture {
  const drawn = regretPicture({ title: 'Regret while they learn', band, curves, notes: [] });
  return { file: 'learning.svg', title: drawn.title, svg: svgFileOf(drawn) };
}
