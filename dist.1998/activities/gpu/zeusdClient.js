"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.createZeusdClient = createZeusdClient;
/** Zeus's daemon over its Unix socket: arguments in the query, answers in JSON. It knows GPUs by its own indices. */
const node_fs_1 = require("node:fs");
const node_http_1 = __importDefault(require("node:http"));
const zod_1 = require("zod");
const error_1 = require("./error");
const zeusdAnswer_1 = require("./zeusdAnswer");
const discovery = zod_1.z.object({
    gpus: zod_1.z.array(zod_1.z.object({
        id: zod_1.z.number().int(),
        name: zod_1.z.string(),
        /** As `lspci -D` writes it; an older daemon of the same version number does not tell these two. */
        pci_address: zod_1.z.string().nullish(),
        cumulative_energy_available: zod_1.z.boolean().nullish(),
    })),
    enabled_api_groups: zod_1.z.array(zod_1.z.string()).optional(),
});
const limit = zod_1.z.object({ power_limit_mw: zod_1.z.number() });
const range = zod_1.z.object({ min_power_limit_mw: zod_1.z.number(), max_power_limit_mw: zod_1.z.number() });
const energy = zod_1.z.object({ energy_mj: zod_1.z.number() });
const power = zod_1.z.object({ power_mw: zod_1.z.record(zod_1.z.string(), zod_1.z.number()) });
const persistence = zod_1.z.object({ enabled: zod_1.z.boolean() });
function createZeusdClient(options) {
    const agent = new node_http_1.default.Agent({ keepAlive: true, maxSockets: 4 });
    const get = async (path, schema) => {
        const answer = await request({ ...options, agent }, 'GET', path);
        if (answer.status !== 200)
            throw (0, zeusdAnswer_1.zeusdFailureFor)(answer);
        const parsed = schema.safeParse(jsonIn(answer.body));
        if (parsed.success)
            return parsed.data;
        throw new error_1.GpuError('unavailable', `zeusd answers ${path} in another form than known; update wattbandit`, {
            cause: parsed.error,
        });
    };
    const ofGpu = async (id, path, schema) => only(id, await get(`${path}?gpu_ids=${id}`, zod_1.z.record(zod_1.z.string(), schema)));
    return {
        discover: () => get('/discover', discovery),
        limitMw: async (id) => (await ofGpu(id, '/gpu/get_power_limit', limit)).power_limit_mw,
        limitRangeMw: async (id) => {
            const found = await ofGpu(id, '/gpu/get_power_limit_constraints', range);
            return { minMw: found.min_power_limit_mw, maxMw: found.max_power_limit_mw };
        },
        energyMj: async (id) => (await ofGpu(id, '/gpu/get_cumulative_energy', energy)).energy_mj,
        powerMw: async (id) => only(id, (await get(`/gpu/get_power?gpu_ids=${id}`, power)).power_mw),
        persistence: async (id) => (await ofGpu(id, '/gpu/get_persistence_mode', persistence)).enabled,
        /** With `block` the answer tells what the driver said; without it failures are lost. */
        async setLimitMw(id, mw) {
            const path = `/gpu/set_power_limit?gpu_ids=${id}&power_limit_mw=${mw}&block=true`;
            const answer = await request({ ...options, agent }, 'POST', path);
            if (answer.status !== 200)
                throw (0, zeusdAnswer_1.zeusdFailureFor)(answer);
        },
    };
}
function only(id, answers) {
    const answer = answers[id];
    if (answer === undefined)
        throw new error_1.GpuError('unavailable', `zeusd leaves its GPU ${id} out of the answer; see its log`);
    return answer;
}
async function request(to, method, path) {
    const { socketPath, agent, token, timeoutSeconds = 10 } = to;
    const headers = token === undefined ? {} : { authorization: `Bearer ${tokenFor(token)}` };
    try {
        return await new Promise((resolve, reject) => {
            const sent = node_http_1.default.request({ socketPath, method, path, agent, headers }, (response) => {
                let body = '';
                response.setEncoding('utf8');
                response.on('data', (chunk) => (body += chunk));
                response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
                response.on('error', reject);
            });
            sent.setTimeout(timeoutSeconds * 1000, () => sent.destroy(new Error(`no answer in ${timeoutSeconds} s`)));
            sent.on('error', reject);
            sent.end();
        });
    }
    catch (cause) {
        throw connectionFailureFor(socketPath, cause);
    }
}
function connectionFailureFor(socketPath, cause) {
    const code = (0, error_1.codeOf)(cause);
    if (code === 'EACCES') {
        const remedy = 'add its user to the group of the socket (zeusd --socket-gid)';
        return new error_1.GpuError('forbidden', `this process may not use ${socketPath}; ${remedy}`, { cause });
    }
    const reason = `zeusd does not answer at ${socketPath} (${(0, error_1.messageOf)(cause)}); start it or see its log`;
    return new error_1.GpuError('unavailable', reason, { cause });
}
function jsonIn(body) {
    try {
        return JSON.parse(body);
    }
    catch {
        return undefined;
    }
}
/** By reference only, so that no token stands in a configuration or a history. */
function tokenFor(reference) {
    const [, kind, place = ''] = /^(env|file):(.+)$/.exec(reference) ?? [];
    const token = kind === 'env' ? process.env[place] : kind === 'file' ? textOf(place) : undefined;
    if (token !== undefined && token.trim() !== '')
        return token.trim();
    const fact = kind === undefined ? 'the reference to it is malformed' : `there is none at ${reference}`;
    throw new error_1.GpuError('forbidden', `zeusd's token is missing: ${fact}; write env:NAME or file:/path`);
}
function textOf(file) {
    try {
        return (0, node_fs_1.readFileSync)(file, 'utf8');
    }
    catch {
        return undefined;
    }
}
//# sourceMappingURL=zeusdClient.js.map