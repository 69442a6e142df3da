package dev.heddle.bench.scenario;

import dev.heddle.bench.engine.Count;
import dev.heddle.bench.engine.HttpClient;

import org.HdrHistogram.Histogram;

import java.util.stream.IntStream;

/// Has the server broadcast by requests over HTTP, on several keep-alive connections, at a rate or
/// as fast as they are answered. At a rate their times count from when they were due, so requests
/// that wait for a free connection show in them (coordinated omission).
final class HttpSender implements Sender {
    private final Site site;
    private final Scenario.Broadcast scenario;
    private final HttpClient[] clients;
    private final Pace pace;
    private final Histogram requests;
    private boolean isWorking;
    private int sent;

    HttpSender(Site site, Scenario.Broadcast scenario) {
        this.site = site;
        this.scenario = scenario;
        this.pace = new Pace(scenario.rate());
        this.requests = site.recorder().histogram("request");
        this.clients =
                IntStream.range(0, scenario.httpConnections())
                        .mapToObj(
                                i ->
                                        new HttpClient(
                                                site.loop(), scenario.httpPath(), this::answered))
                        .toArray(HttpClient[]::new);
    }

    @Override
    public void connect(long now) {
        for (HttpClient client : clients) {
            client.connect(now);
        }
    }

    @Override
    public boolean isConnected() {
        for (HttpClient client : clients) {
            if (client.isConnecting()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void begin(long now) {
        isWorking = true;
        pace.begin(now);
    }

    @Override
    public long work(long now) {
        if (!isWorking || sent == scenario.messages()) {
            return Long.MAX_VALUE;
        }
        for (HttpClient client : clients) {
            if (!client.isBusy() && sent < scenario.messages() && pace.isDue(now)) {
                send(client, now);
            }
        }
        long untilDue = pace.dueNanos() - now;
        return untilDue > 0 ? untilDue : Long.MAX_VALUE;
    }

    @Override
    public void completedByAll(int number, long nanos) {}

    @Override
    public boolean isDone() {
        if (sent < scenario.messages()) {
            return false;
        }
        for (HttpClient client : clients) {
            if (client.isBusy()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        for (HttpClient client : clients) {
            client.drop();
        }
    }

    private void answered(int status, long sinceNanos, long now) {
        Recorder.record(requests, now - sinceNanos);
    }

    private void send(HttpClient client, long now) {
        sent++;
        site.tally().add(Count.SENT);
        site.recorder().happened("send", now);
        long sinceNanos = scenario.rate() > 0 ? pace.dueNanos() : now;
        pace.next();
        client.get(sinceNanos, now);
    }
}
