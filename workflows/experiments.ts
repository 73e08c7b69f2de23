/** The workflows of workers that only simulate: `wattbandit worker start --experiments`. */
export { experiment, experimentPart } from './experiment';
