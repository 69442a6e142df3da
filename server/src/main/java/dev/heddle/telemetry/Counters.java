package dev.heddle.telemetry;

import org.slf4j.LoggerFactory;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/// Everything that is counted. **Thread-safe**; adding is cheap enough for the hot paths.
///
/// Counts only grow. Labels come from closed sets: what a peer chooses freely is grouped first.
public final class Counters {
    public final LongAdder accepted = new LongAdder();
    public final LongAdder acceptFailures = new LongAdder();
    public final LongAdder messagesIn = new LongAdder();
    public final LongAdder bytesIn = new LongAdder();
    public final LongAdder messagesOut = new LongAdder();
    public final LongAdder bytesOut = new LongAdder();
    public final LongAdder publications = new LongAdder();
    public final LongAdder slowConsumers = new LongAdder();
    public final LongAdder hubWaits = new LongAdder();
    public final LongAdder pinned = new LongAdder();
    public final LongAdder recordingsMissed = new LongAdder();
    public final LongAdder commands = new LongAdder();
    public final LongAdder commandFailures = new LongAdder();
    public final LongAdder tooFast = new LongAdder();
    public final LongAdder outboxWaits = new LongAdder();
    public final LongAdder unfinishedWaits = new LongAdder();
    public final LongAdder unfinishedSentAway = new LongAdder();
    public final LongAdder bugs = new LongAdder();

    /// How long things take.
    public final Times times = new Times();

    /// The counts of an engine beyond this process.
    public final EngineCounts engine = new EngineCounts();

    private volatile Runnable outOfMemory = () -> {};
    private volatile RequestLog requestLog = RequestLog.OFF;
    private final Warnings bugWarnings =
            new Warnings(LoggerFactory.getLogger("heddle"), "a bug of the server");
    private final Warnings pageWarnings =
            new Warnings(
                    LoggerFactory.getLogger("heddle"),
                    "a web page was refused; this setting would let it in: ");
    private final Map<String, LongAdder> acceptPauses = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> apiAnswers = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> closed = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> handshakesRejected = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> incidents = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> sentAway = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> tlsHandshakes = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> tlsReloads = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> tokensRefused = new ConcurrentHashMap<>();

    /// Says what is to be done when memory has run out, of which any thread may be told, or none of
    /// ours.
    public void whenOutOfMemory(Runnable action) {
        outOfMemory = action;
    }

    /// Has a line logged for each HTTP request from now on.
    public void logRequests() {
        requestLog = RequestLog.ON;
    }

    /// Where answered requests are logged, if they are.
    public RequestLog requestLog() {
        return requestLog;
    }

    /// Counts a bug of ours, which has ended one connection, and logs its stack if there is memory
    /// for that: whose loop must go on calls this, so it never throws.
    public void bug(Throwable bug) {
        if (bug instanceof OutOfMemoryError) {
            outOfMemory.run();
        }
        bugs.increment();
        try {
            bugWarnings.warn(bug);
        } catch (OutOfMemoryError full) {
            bugs.increment();
        }
    }

    /// Shows labels that are known before the first of them is counted, as 0: a query for an
    /// increase finds none from nothing to 1.
    ///
    /// @param counts one of the maps of this class
    public static void expect(Map<String, LongAdder> counts, Collection<String> labels) {
        labels.forEach(label -> counts.putIfAbsent(label, new LongAdder()));
    }

    /// Logs that a web page was refused, at most every 5 s.
    ///
    /// @param remedy the setting that would let it in, fit for one line
    public void pageRefused(String remedy) {
        pageWarnings.warnAbout(remedy);
    }

    /// Counts a time without accepting under its reason: one of a few fixed texts.
    public void acceptPaused(String reason) {
        count(acceptPauses, reason);
    }

    /// Counts an answer of the internal port under its HTTP status.
    public void apiAnswered(int status) {
        count(apiAnswers, Integer.toString(status));
    }

    /// Lets the server's own close codes be seen before the first connection ends with them.
    public void expectClosed(IntStream codes) {
        expect(closed, codes.mapToObj(Integer::toString).toList());
        expect(closed, List.of("3xxx", "4xxx"));
    }

    /// Counts an ended WebSocket connection under its close code. Those of 3000 and more that peers
    /// choose are counted together.
    ///
    /// @param code what was on the wire, or 1005 or 1006 as in RFC 6455, section 7.1.5
    /// @param isOurs whether the server has sent it first
    public void closed(int code, boolean isOurs) {
        boolean hasOwnLabel = isOurs || code < 3000;
        count(closed, hasOwnLabel ? Integer.toString(code) : code < 4000 ? "3xxx" : "4xxx");
    }

    /// Counts a refused request under its reason: one of a few fixed texts.
    public void handshakeRejected(String reason) {
        count(handshakesRejected, reason);
    }

    /// Counts a login token that is not believed under its reason: one of a few fixed texts.
    public void tokenRefused(String reason) {
        count(tokensRefused, reason);
    }

    /// Counts an incident under its reason: one of a few fixed texts.
    public void incident(String reason) {
        count(incidents, reason);
    }

    /// Counts a client that is to come back, here or elsewhere, under its reason: one of a few
    /// fixed texts.
    public void sentAway(String reason) {
        count(sentAway, reason);
    }

    /// Counts a TLS handshake under its result: one of a few fixed texts.
    public void tlsHandshake(String result) {
        count(tlsHandshakes, result);
    }

    /// Counts that the files of a certificate were read again.
    ///
    /// @param isGood whether they can be used
    public void tlsReload(boolean isGood) {
        count(tlsReloads, isGood ? "done" : "failed");
    }

    /// Times without accepting by reason.
    public Map<String, LongAdder> acceptPausesByReason() {
        return acceptPauses;
    }

    /// Answers of the internal port by HTTP status.
    public Map<String, LongAdder> apiAnswersByStatus() {
        return apiAnswers;
    }

    /// Ended WebSocket connections by close code.
    public Map<String, LongAdder> closedByCode() {
        return closed;
    }

    /// Refused requests by reason.
    public Map<String, LongAdder> handshakesRejectedByReason() {
        return handshakesRejected;
    }

    /// Incidents by reason.
    public Map<String, LongAdder> incidentsByReason() {
        return incidents;
    }

    /// Clients that are to come back, here or elsewhere, by reason.
    public Map<String, LongAdder> sentAwayByReason() {
        return sentAway;
    }

    /// TLS handshakes by result.
    public Map<String, LongAdder> tlsHandshakesByResult() {
        return tlsHandshakes;
    }

    /// How often the files of a certificate were read again, by result.
    public Map<String, LongAdder> tlsReloadsByResult() {
        return tlsReloads;
    }

    /// Login tokens that were not believed, by reason.
    public Map<String, LongAdder> tokensRefusedByReason() {
        return tokensRefused;
    }

    private static void count(Map<String, LongAdder> counts, String label) {
        counts.computeIfAbsent(label, _ -> new LongAdder()).increment();
    }
}
