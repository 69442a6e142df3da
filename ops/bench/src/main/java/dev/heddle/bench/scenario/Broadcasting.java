package dev.heddle.bench.scenario;

import dev.heddle.bench.engine.Arrivals;
import dev.heddle.bench.engine.Count;
import dev.heddle.bench.engine.Payload;
import dev.heddle.bench.engine.Stamp;
import dev.heddle.bench.engine.WebSocket;

import java.io.IOException;

/// Receives what one connection, or requests over HTTP, have the server send to all. The first
/// worker has the [Sender] too.
final class Broadcasting extends Job {
    private static final long TURN_NANOS = 10_000_000;

    private final Scenario.Broadcast scenario;
    private final Payload payload;
    private final Arrivals arrivals;
    private final Completion completion;
    private final Sender sender;
    private final boolean[] hasBeenOpen;
    private final long stallNanos;
    private boolean isWorking;
    private long begunNanos;
    private long lastDeliveryNanos;
    // Receivers that are open and lack messages.
    private int unfinished;
    // Receivers that have been open: each gets a broadcast, or counts as absent when it has ended.
    private int receivers;

    Broadcasting(Site site, Scenario.Broadcast scenario) {
        super(site, scenario, site.share().of(scenario.connections()));
        this.scenario = scenario;
        this.payload = new Payload(scenario.bytes());
        this.arrivals = new Arrivals(sockets().length, tally);
        this.hasBeenOpen = new boolean[sockets().length];
        recorder.main("delivery");
        this.completion = new Completion(scenario.messages(), site.completed());
        double pause = scenario.rate() > 0 ? 2 / scenario.rate() : 0;
        this.stallNanos = (long) (Math.max(scenario.stall(), pause) * 1e9);
        if (!share.isFirst()) {
            this.sender = new Sender.None();
        } else if (scenario.isViaHttp()) {
            this.sender = new HttpSender(site, scenario);
        } else {
            this.sender = new SocketSender(this, scenario, payload);
        }
    }

    @Override
    public void connect(long now) {
        sender.connect(now);
        super.connect(now);
    }

    @Override
    public boolean isConnected() {
        return super.isConnected() && sender.isConnected();
    }

    @Override
    public void opened(WebSocket socket, long now) {
        super.opened(socket, now);
        hasBeenOpen[socket.index()] = true;
        receivers++;
        unfinished++;
    }

    @Override
    public void begin(long now) {
        isWorking = true;
        begunNanos = now;
        lastDeliveryNanos = now;
        completion.begin(receivers, now);
        sender.begin(now);
    }

    @Override
    public long work(long now) {
        return Math.min(TURN_NANOS, sender.work(now));
    }

    @Override
    public void message(WebSocket socket, byte[] bytes, int at, int length, long now) {
        int receiver = socket.index();
        if (scenario.isViaHttp()) {
            deliverUnnumbered(receiver, now);
        } else if (!payload.isAt(bytes, at, length)) {
            tally.add(Count.UNEXPECTED);
        } else if (Stamp.number(bytes, at) >= scenario.messages()) {
            tally.add(Count.UNEXPECTED);
        } else {
            deliver(receiver, bytes, at, now);
        }
    }

    @Override
    public void ended(WebSocket socket, long now) {
        super.ended(socket, now);
        int receiver = socket.index();
        if (arrivals.got(receiver) < scenario.messages()) {
            unfinished--;
        }
        for (int number = 0; number < scenario.messages(); number++) {
            if (!arrivals.has(receiver, number)) {
                completion.add(number, now);
            }
        }
    }

    @Override
    public void completedByAll(int number, long nanos) {
        sender.completedByAll(number, nanos);
    }

    @Override
    public boolean isDone(long now) {
        if (!isWorking) {
            return true;
        }
        return sender.isDone() && unfinished <= 0
                || now - lastDeliveryNanos > stallNanos
                || now - begunNanos > scenario.timeout() * 1e9;
    }

    @Override
    public void finish() {
        recorder.happened("delivery", lastDeliveryNanos);
        for (int i = 0; i < hasBeenOpen.length; i++) {
            if (hasBeenOpen[i]) {
                arrivals.countLost(i, scenario.messages());
            }
        }
    }

    @Override
    public void close(long now) throws IOException {
        sender.close();
        super.close(now);
    }

    private void deliver(int receiver, byte[] bytes, int at, long now) {
        int number = Stamp.number(bytes, at);
        if (arrivals.add(receiver, number)) {
            recorder.op(Stamp.age(bytes, at, now));
            delivered(receiver, number, now);
        }
    }

    /// Messages without numbers are all alike: the n-th is taken for number n.
    private void deliverUnnumbered(int receiver, long now) {
        int number = arrivals.got(receiver);
        if (!isWorking || number >= scenario.messages()) {
            tally.add(Count.UNEXPECTED);
            return;
        }
        arrivals.add(receiver, number);
        recorder.op();
        delivered(receiver, number, now);
    }

    private void delivered(int receiver, int number, long now) {
        tally.add(Count.OPS);
        lastDeliveryNanos = now;
        completion.add(number, now);
        if (arrivals.got(receiver) == scenario.messages()) {
            unfinished--;
        }
    }
}
