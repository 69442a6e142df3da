/** What the page shows of the metrics: each number once, with its meaning. */
import { bytes, count, rate, seconds } from './format.js';

const THIN = '\u202f';

/** All numbers of a moment, by name; null where one is not known. */
export function measure(samples) {
    return {
        connections: samples.now('heddle_connections'),
        deliveries: samples.rate('heddle_messages_sent_total'),
        received: samples.rate('heddle_messages_received_total'),
        sentBytes: samples.rate('heddle_sent_bytes_total'),
        receivedBytes: samples.rate('heddle_received_bytes_total'),
        deliveryP50: samples.quantile(0.5, 'heddle_delivery_seconds'),
        deliveryP99: samples.quantile(0.99, 'heddle_delivery_seconds'),
        handshakes: samples.countRate('heddle_handshake_seconds'),
        handshakeP99: samples.quantile(0.99, 'heddle_handshake_seconds'),
        commandP99: samples.quantile(0.99, 'heddle_command_seconds'),
        hubQueue: samples.now('heddle_hub_queue'),
        channelQueue: samples.now('heddle_channel_queue'),
        slowConsumers: samples.now('heddle_slow_consumers_total'),
        slowConsumersLately: samples.growth('heddle_slow_consumers_total'),
        slowConsumersRate: samples.rate('heddle_slow_consumers_total'),
        cpu: samples.rate('process_cpu_seconds_total'),
        parallelism: samples.now('heddle_scheduler_parallelism'),
        heap: samples.now('jvm_memory_used_bytes{area="heap"}'),
        heapMax: samples.now('jvm_memory_max_bytes{area="heap"}'),
        heapCommitted: samples.now('jvm_memory_committed_bytes{area="heap"}'),
        resident: samples.now('process_resident_memory_bytes'),
        gc: samples.sumRate('jvm_gc_collection_seconds', 10),
        queued: samples.now('heddle_scheduler_queued'),
        mounted: samples.now('heddle_scheduler_mounted'),
        users: samples.now('heddle_users'),
        engineLag: samples.now('heddle_engine_lag_seconds'),
        engineAway: samples.now('heddle_engine_unavailable'),
        engineCalls: samples.rate('heddle_engine_calls_total'),
    };
}

/**
 * The large numbers. `help` is what the number means; `isHigh` says when somebody should look, and
 * `isThere` whether this server has the number at all.
 */
export const TILES = [
    {
        name: 'connections',
        title: 'Connections',
        big: (m) => count(m.connections),
        sub: (m) => `${count(m.users)} users`,
        help: 'Open connections of the public port, including unfinished handshakes.',
    },
    {
        name: 'deliveries',
        title: 'Deliveries/s',
        big: (m) => rate(m.deliveries),
        sub: (m) => `${bytes(m.sentBytes)}/s`,
        help: 'Messages to clients per second: a broadcast to 1,000 counts 1,000.',
    },
    {
        name: 'deliveryP99',
        title: 'Delivery time, p99',
        big: (m) => seconds(m.deliveryP99),
        sub: (m) => `p50 ${seconds(m.deliveryP50)}`,
        isHigh: (m) => m.deliveryP99 > 1,
        help:
            'From the publication until it is written to the socket, over the last 10 seconds: of one' +
            ' randomly chosen receiver of each broadcast. High from a second on.',
    },
    {
        name: 'handshakes',
        title: 'Handshakes/s',
        big: (m) => rate(m.handshakes),
        sub: (m) => `p99 ${seconds(m.handshakeP99)}`,
        isHigh: (m) => m.handshakeP99 > 1,
        help: 'Opening handshakes answered per second, and their p99 over 10 seconds. High from one second.',
    },
    {
        name: 'hubQueue',
        title: 'Hub queue',
        big: (m) => count(m.hubQueue),
        sub: (m) => `channels ${count(m.channelQueue)}`,
        isHigh: (m) => m.hubQueue + m.channelQueue > 1000,
        help: 'Publications and subscriptions that wait for the hubs of /ws, channels and rooms. High from 1,000.',
    },
    {
        name: 'slowConsumers',
        title: 'Slow consumers',
        plot: 'slowConsumersRate',
        big: (m) => count(m.slowConsumers),
        sub: (m) => `${count(m.slowConsumersLately)} in the last min`,
        isHigh: (m) => m.slowConsumersLately > 0,
        help: 'Clients closed since the start because they did not take their data.',
    },
    {
        name: 'cpu',
        title: 'CPU',
        big: (m) => (m.cpu === null ? '–' : `${m.cpu.toFixed(2)}`),
        sub: (m) => `cores of ${count(m.parallelism)}`,
        isHigh: (m) => m.cpu > 0.95 * m.parallelism,
        help: 'CPU cores in use, of those on which virtual threads run. High from 95 %.',
    },
    {
        name: 'heap',
        title: 'Heap',
        big: (m) => bytes(m.heap),
        sub: (m) => `of ${bytes(m.heapMax)}`,
        isHigh: (m) => m.heap > 0.9 * m.heapMax,
        help: 'Used bytes of the heap, with garbage. High from 90 % of its maximum.',
    },
    {
        name: 'gc',
        title: 'GC',
        big: (m) => (m.gc === null ? '–' : `${(m.gc * 1000).toFixed(1)}${THIN}ms`),
        sub: () => 'per second, over 10 s',
        isHigh: (m) => m.gc > 0.1,
        help: 'Time in garbage collections, per second. High from 100 ms.',
    },
    {
        name: 'queued',
        title: 'Threads queued',
        big: (m) => count(m.queued),
        sub: (m) => `${count(m.mounted)} of ${count(m.parallelism)} running`,
        isHigh: (m) => m.queued > 1000,
        help: 'Virtual threads that wait for a turn on a CPU. High from 1,000.',
    },
    {
        name: 'engineLag',
        title: 'Redis',
        isThere: (m) => m.engineLag !== null,
        big: (m) => (m.engineAway ? 'away' : seconds(m.engineLag)),
        sub: (m) => `${rate(m.engineCalls)} questions/s`,
        isHigh: (m) => m.engineAway > 0 || m.engineLag > 1,
        help:
            'How long a message of this node takes through the Redis that the nodes share, and back. High from a' +
            ' second, or while Redis cannot be reached.',
    },
];

/** The plots: lines are names of measures, a colour and a title each. */
export const PLOTS = [
    {
        title: 'Messages/s',
        format: rate,
        lines: [
            ['deliveries', 'indigo', 'to clients'],
            ['received', 'ochre', 'from clients'],
        ],
    },
    {
        title: 'Times',
        format: seconds,
        isLog: true,
        lines: [
            ['deliveryP99', 'madder', 'delivery p99'],
            ['deliveryP50', 'indigo', 'p50'],
            ['commandP99', 'ochre', 'command p99'],
        ],
    },
    {
        title: 'Bytes/s',
        format: bytes,
        isBytes: true,
        lines: [
            ['sentBytes', 'indigo', 'to clients'],
            ['receivedBytes', 'ochre', 'from clients'],
        ],
    },
    { title: 'Connections', format: count, lines: [['connections', 'indigo', 'open']] },
    {
        title: 'Waiting',
        format: count,
        lines: [
            ['hubQueue', 'indigo', 'hub'],
            ['channelQueue', 'ochre', 'channels'],
            ['queued', 'madder', 'threads'],
        ],
    },
    {
        title: 'Handshakes and disconnects',
        format: rate,
        lines: [
            ['handshakes', 'verdigris', 'handshakes/s'],
            ['slowConsumersRate', 'madder', 'slow consumers/s'],
        ],
    },
    {
        title: 'CPU, cores',
        format: (value) => (value === null ? '–' : value.toFixed(2)),
        lines: [
            ['cpu', 'indigo', 'all'],
            ['gc', 'madder', 'in GC pauses'],
        ],
    },
    {
        title: 'Memory',
        format: bytes,
        isBytes: true,
        lines: [
            ['heap', 'indigo', 'heap used'],
            ['heapCommitted', 'verdigris', 'committed'],
            ['resident', 'ochre', 'process'],
        ],
    },
];
