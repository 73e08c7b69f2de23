"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createWattTimeToken = createWattTimeToken;
/** WattTime's bearer token: half an hour long good for everything, in memory only. */
const zod_1 = require("zod");
const gridSlots_1 = require("./gridSlots");
const secret_1 = require("./secret");
/** It lasts 30 minutes; one that ends on the way would cost a question. */
const goodForSeconds = 25 * 60;
const answer = zod_1.z.object({ token: zod_1.z.string().regex(/^[\x21-\x7e]{1,8192}$/, 'must be a token') });
function createWattTimeToken(ask, credentials, clock) {
    let held;
    const logIn = async (abort) => {
        const username = await (0, secret_1.readSecret)(credentials.username, 'user name');
        const password = await (0, secret_1.readSecret)(credentials.password, 'password');
        const pair = `${username}:${password}`;
        const headers = { authorization: `Basic ${(0, secret_1.base64)(pair)}` };
        const secrets = [username, password, pair];
        return (await ask({ path: '/login', headers, secrets, schema: answer }, abort)).token;
    };
    return {
        get(abort) {
            const now = (0, gridSlots_1.secondsOf)(clock());
            if (held !== undefined && now < held.untilSeconds)
                return held.token;
            const mine = { token: logIn(abort), untilSeconds: now + goodForSeconds };
            held = mine;
            mine.token.then((bearer) => (mine.bearer = bearer), () => {
                if (held === mine)
                    held = undefined;
            });
            return mine.token;
        },
        drop(bearer) {
            if (held?.bearer === bearer)
                held = undefined;
        },
    };
}
//# sourceMappingURL=wattTimeToken.js.map