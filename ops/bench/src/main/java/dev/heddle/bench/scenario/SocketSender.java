package dev.heddle.bench.scenario;

import dev.heddle.bench.engine.Events;
import dev.heddle.bench.engine.Failure;
import dev.heddle.bench.engine.Payload;
import dev.heddle.bench.engine.WebSocket;

import org.HdrHistogram.Histogram;

/// Sends on a connection of its own, at a rate or as fast as the window and the socket let it. What
/// it gets back itself does not count. Its job's dialer opens that connection, so one that never
/// opens is given up, counted and explained as the receivers' are.
final class SocketSender implements Sender, Events {
    private static final long NEVER = Long.MAX_VALUE;

    private final Job job;
    private final Scenario.Broadcast scenario;
    private final Payload payload;
    private final WebSocket socket;
    private final Pace pace;
    private final Histogram lags;
    private final Histogram toLastReceiver;
    private final long[] stampNanos;
    private int sent;
    private int completed;
    private boolean isWorking;

    SocketSender(Job job, Scenario.Broadcast scenario, Payload payload) {
        this.job = job;
        this.scenario = scenario;
        this.payload = payload;
        this.socket = new WebSocket(job.loop, 0, this);
        this.pace = new Pace(scenario.rate());
        this.lags = job.recorder.histogram("sendLag");
        this.toLastReceiver = job.recorder.histogram("toLastReceiver");
        this.stampNanos = new long[scenario.messages()];
    }

    @Override
    public void connect(long now) {
        job.dialer.openAt(now, socket);
    }

    @Override
    public boolean isConnected() {
        return job.dialer.isIdle();
    }

    @Override
    public void begin(long now) {
        isWorking = true;
        pace.begin(now);
    }

    @Override
    public long work(long now) {
        if (!isWorking || isDone()) {
            return NEVER;
        }
        while (!isDone() && pace.isDue(System.nanoTime())) {
            boolean isFull = scenario.window() > 0 && sent - completed >= scenario.window();
            if (isFull || !socket.isWritten()) {
                return NEVER;
            }
            send(System.nanoTime());
        }
        return pace.dueNanos() - System.nanoTime();
    }

    @Override
    public void completedByAll(int number, long nanos) {
        completed = number + 1;
        if (number < sent) {
            Recorder.record(toLastReceiver, nanos - stampNanos[number]);
        }
    }

    @Override
    public boolean isDone() {
        return sent == scenario.messages() || !socket.isOpen();
    }

    @Override
    public void close() {
        socket.drop();
    }

    @Override
    public void opened(WebSocket opened, long now) {
        job.dialer.finished();
    }

    @Override
    public void failed(WebSocket failed, Failure failure, long now) {
        job.failed(failed, failure, now);
    }

    @Override
    public void message(WebSocket from, byte[] bytes, int at, int length, long now) {}

    @Override
    public void ended(WebSocket ended, long now) {}

    private void send(long now) {
        long stamp = now;
        if (scenario.rate() > 0) {
            stamp = pace.dueNanos();
            Recorder.record(lags, now - stamp);
        }
        stampNanos[sent] = stamp;
        job.recorder.happened("send", now);
        socket.send(payload, sent++, stamp);
        pace.next();
    }
}
