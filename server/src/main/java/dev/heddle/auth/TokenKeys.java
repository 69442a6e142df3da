package dev.heddle.auth;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;

/// The keys that tokens may be signed with, kept up to date. **Thread-safe.**
///
/// Keys that may change are loaded again in the background, well before they are too old to use, so
/// that a login hardly ever waits for that. A login with a token that names an unknown key has them
/// loaded at once, but not more than twice in 10 s, whoever asks. When they cannot be loaded, the
/// old ones serve for [Freshness#outage] more.
final class TokenKeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("heddle");

    private final KeySource source;
    private final JWKSource<SecurityContext> keys;
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile boolean isClosed;

    /// How long loaded keys serve.
    ///
    /// @param age after which they are not used, unless no others can be had
    /// @param ahead how long before that others are loaded
    /// @param interval in which they are loaded twice at most
    /// @param outage for how long they serve when no others can be had
    record Freshness(Duration age, Duration ahead, Duration interval, Duration outage) {
        static final Freshness USUAL =
                new Freshness(
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(10),
                        Duration.ofHours(1));

        /// How long a login waits at most for another's loading.
        private static final Duration WAIT = Duration.ofSeconds(5);

        private JWKSource<SecurityContext> keep(JWKSetSource<SecurityContext> source) {
            ThreadFactory threads = Thread.ofVirtual().name("heddle-keys").factory();
            Duration wait = WAIT.compareTo(ahead) < 0 ? WAIT : ahead.dividedBy(2);
            return JWKSourceBuilder.create(source)
                    .cache(age.toMillis(), wait.toMillis())
                    .refreshAheadCache(
                            ahead.toMillis(),
                            _ -> {},
                            Executors.newThreadPerTaskExecutor(threads),
                            true,
                            Executors.newSingleThreadScheduledExecutor(threads),
                            true)
                    .rateLimited(interval.toMillis())
                    .outageTolerant(outage.toMillis())
                    .build();
        }
    }

    /// Keys from there. Blocks until they are loaded, or were tried to be if they are far away:
    /// then logins are refused until they can be.
    ///
    /// @throws KeyFault if the operator has to mend something
    TokenKeys(KeySource source, Freshness freshness) throws KeyFault {
        boolean isFar = source instanceof JwksUrl;
        JWKSet loaded = isFar ? new JWKSet() : source.load();
        this.source = source;
        this.keys =
                source.changes() ? freshness.keep(new Loading()) : new ImmutableJWKSet<>(loaded);
        var _ = select(new JWKMatcher.Builder().build()); // loads, and sees to it from now on
    }

    /// The keys that may have signed a token with such a header: those of the algorithm's type, and
    /// of the name that the header gives, if both have one. None at all, not even an empty list,
    /// when the key may be a new one that cannot be loaded now: a client that is told so comes
    /// back, and one whose key is unknown does not. May block, see [TokenVerifier].
    Optional<List<JWK>> candidates(JWSHeader header, SignatureAlgorithm algorithm) {
        JWKMatcher.Builder matcher = new JWKMatcher.Builder().keyType(algorithm.keyType());
        if (header.getKeyID() != null) {
            Set<@Nullable String> names = new LinkedHashSet<>();
            names.add(header.getKeyID());
            names.add(null);
            matcher.keyIDs(names);
        }
        return select(matcher.build());
    }

    private Optional<List<JWK>> select(JWKMatcher matcher) {
        try {
            List<JWK> found = keys.get(new JWKSelector(matcher), null);
            boolean mayBeNew = found.isEmpty() && failing.get();
            return mayBeNew ? Optional.empty() : Optional.of(found);
        } catch (KeySourceException unavailableOrTooEarlyToAskAgain) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        isClosed = true; // who loads just now is interrupted, which is no failure
        try {
            if (keys instanceof Closeable kept) {
                kept.close();
            }
        } catch (IOException unclosed) {
            LOG.warn("cannot stop loading token keys: {}", unclosed.getMessage());
        }
        source.close();
    }

    /// Loads, and tells the operator when that begins to fail and when it works again.
    private final class Loading implements JWKSetSource<SecurityContext> {
        @Override
        public JWKSet getJWKSet(
                JWKSetCacheRefreshEvaluator evaluator,
                long currentTime,
                @Nullable SecurityContext context)
                throws KeySourceException {
            try {
                JWKSet loaded = source.load();
                if (failing.getAndSet(false)) {
                    LOG.info("token keys can be loaded again");
                }
                return loaded;
            } catch (KeyFault fault) {
                if (!isClosed && !failing.getAndSet(true)) {
                    LOG.warn("token keys cannot be loaded: {}", fault.getMessage());
                }
                throw new JWKSetUnavailableException("token keys cannot be loaded", fault);
            }
        }

        @Override
        public void close() {}
    }
}
