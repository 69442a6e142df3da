package dev.heddle.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.config.Configuration.Flag;
import dev.heddle.config.Configuration.Reading;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

class ConfigurationTest {
    @TempDir private Path folder;

    @Test
    void nothingSetMeansTheDefaults() {
        assertEquals(Settings.defaults(), good(read("", Map.of())).settings());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing\n",
                "---\n",
                "limits:\n  # head-bytes: 4KiB\nport: 8080\n",
                "\uFEFFport: 8080",
            })
    void aFileThatSetsNothingNewMeansTheDefaults(String yaml) {
        assertEquals(Settings.defaults(), good(read(yaml, Map.of())).settings());
    }

    @Test
    void groupsMayBeMapsOrDotted() {
        String yaml =
                """
                internal: {host: localhost, port: 9001}
                limits.headers: 50
                limits:
                  head-bytes: 4KiB
                  "backlog": '10'
                deadlines:
                  head: 2s
                  idle: 5m
                allow-origin:
                  - https://a.example
                  - https://b.example
                diagnostics: true
                """;
        Settings settings = good(read(yaml, Map.of())).settings();
        assertEquals("localhost", settings.internal().host());
        assertEquals(9001, settings.internal().port());
        assertEquals(50, settings.limits().head().maxHeaders());
        assertEquals(4096, settings.limits().head().maxBytes());
        assertEquals(10, settings.limits().connections().backlog());
        assertEquals(Duration.ofSeconds(2), settings.deadlines().receiving().head());
        assertEquals(Duration.ofMinutes(5), settings.deadlines().receiving().idle());
        assertEquals(
                List.of("https://a.example", "https://b.example"),
                settings.server().allowOrigins());
        assertTrue(settings.endpoints().echo().enabled());
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.config.SettingsTableTest#settings")
    void everySettingGoesToItsOwnComponent(Setting<?> setting) throws ReflectiveOperationException {
        Map<String, String> company = company(setting);
        Settings changed =
                Stream.of(
                                "1000",
                                "1013",
                                "12345s",
                                "true",
                                "127.0.0.2",
                                "https://a.example",
                                "24MiB",
                                "12s",
                                "false",
                                "a secret of 32 bytes, or of more",
                                "-----BEGIN PUBLIC KEY-----",
                                "48KiB",
                                "zh",
                                "takeover",
                                "debug",
                                "forwarded",
                                "gowebsocket",
                                "jdk",
                                "/elsewhere",
                                "redis://127.0.0.1:7000/1",
                                "9")
                        .filter(text -> !text.equals(setting.defaultText()))
                        .map(text -> read("", with(company, setting.variable(), text)))
                        .flatMap(
                                reading ->
                                        reading instanceof Reading.Good good
                                                ? Stream.of(good)
                                                : Stream.empty())
                        .map(good -> good.configuration().settings())
                        .findFirst()
                        .orElseThrow();
        Set<String> others =
                setting.equals(SettingsTable.PROFILE)
                        ? Set.of(
                                "accfragments",
                                "accframebytes",
                                "accmessagebytes",
                                "accunfinishedbytes",
                                "commandsbytespersecond",
                                "commandspersecond",
                                "internalbodybytes",
                                "messages",
                                "usersallowsnoroom",
                                "usersanycommandislife",
                                "usersessions",
                                "userslogindeadline",
                                "userstextbytes")
                        : Set.of();
        Set<String> expected = new TreeSet<>(others);
        expected.add(setting.name().replaceAll("[.-]", ""));
        Settings unchanged = good(read("", company)).settings();
        assertEquals(expected, differences("", unchanged, changed));
    }

    /// What must be set beside it.
    private static Map<String, String> company(Setting<?> setting) {
        Optional<EndpointRows.Negotiated> required =
                SettingsTable.ENDPOINTS.stream()
                        .map(EndpointRows::negotiated)
                        .filter(rows -> rows.required().equals(setting))
                        .findFirst();
        for (TlsRows tls : List.of(SettingsTable.TLS, SettingsTable.INTERNAL_TLS)) {
            boolean needsCertificate =
                    List.of(tls.certificate(), tls.key()).contains(setting)
                            || tls.clientCa().filter(setting::equals).isPresent();
            if (needsCertificate) {
                return Map.of(
                        tls.certificate().variable(), "chain.pem", tls.key().variable(), "key.pem");
            }
        }
        if (setting.name().startsWith("cluster.redis.")) {
            return Map.of("HEDDLE_CLUSTER_REDIS_URI", "redis://127.0.0.1:6379");
        }
        if (setting.equals(SettingsTable.PROXY_PROTOCOL)) {
            return Map.of("HEDDLE_PROXY_TRUSTED", "10.0.0.0/8");
        }
        return setting.equals(SettingsTable.WS_LOGIN)
                ? Map.of("HEDDLE_TOKEN_SECRET", "a secret of 32 bytes, or of more")
                : required.map(rows -> Map.of(rows.subprotocols().variable(), "chat"))
                        .orElse(Map.of());
    }

    private static Map<String, String> with(
            Map<String, String> company, String variable, String text) {
        Map<String, String> all = new HashMap<>(company);
        all.put(variable, text);
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS", "INTERNAL_TLS"})
    void aCertificateGoesWithItsKeyAndWithoutAKeystore(String group) {
        String certificate = "HEDDLE_" + group + "_CERTIFICATE";
        String key = "HEDDLE_" + group + "_KEY";
        assertEquals(1, faults(read("", Map.of(certificate, "chain.pem"))).size());
        assertEquals(1, faults(read("", Map.of(key, "key.pem"))).size());
        Map<String, String> all =
                Map.of(
                        certificate,
                        "chain.pem",
                        key,
                        "key.pem",
                        "HEDDLE_" + group + "_KEYSTORE",
                        "both.p12");
        assertEquals(1, faults(read("", all)).size());
    }

    @Test
    void flagsBeatTheEnvironmentWhichBeatsTheFileWhichBeatsTheDefault() {
        String yaml = "port: 1\nlimits: {headers: 1, backlog: 1}\n";
        Map<String, String> environment =
                Map.of("HEDDLE_PORT", "2", "HEDDLE_LIMITS_HEADERS", "2", "PATH", "/bin");
        Configuration configuration =
                good(read(yaml, environment, new Flag("--port", "port", "3")));
        assertEquals(3, configuration.settings().server().port());
        assertEquals(2, configuration.settings().limits().head().maxHeaders());
        assertEquals(1, configuration.settings().limits().connections().backlog());
        assertEquals(8081, configuration.settings().internal().port());
        assertEquals("3 # --port", shown(configuration, "port"));
        assertEquals("2 # HEDDLE_LIMITS_HEADERS", shown(configuration, "limits.headers"));
        assertEquals("1 # heddle.yaml:2", shown(configuration, "limits.backlog"));
        assertEquals("8081 # default", shown(configuration, "internal.port"));
    }

    @Test
    void aProfileChangesDefaultsAndNothingThatSomebodySets() {
        Configuration configuration = good(read("profile: gowebsocket\nmessages: en\n", Map.of()));
        assertEquals(Language.EN, configuration.settings().endpoints().acc().messages());
        assertEquals(
                Duration.ofMinutes(6),
                configuration.settings().endpoints().acc().users().loginDeadline());
        assertEquals("360s # profile", shown(configuration, "users.login-deadline"));
        assertEquals("en # heddle.yaml:2", shown(configuration, "messages"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rooms: [7, 8]", "rooms: 7,8", "rooms:\n  - 7\n  - 8"})
    void roomsAreAListOfNumbers(String yaml) {
        assertEquals(
                List.of(7, 8),
                good(read(yaml, Map.of())).settings().endpoints().acc().rooms().ids());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "1,1", "1,x", "1,", "-1", "2147483648"})
    void roomsMustBeDifferentNumbersFromOneOn(String text) {
        assertTrue(
                faults(read("", Map.of("HEDDLE_ROOMS", text)))
                        .getFirst()
                        .endsWith("it takes different whole numbers from 1 to 2147483647"));
    }

    @Test
    void whatItPrintsIsAFileThatMeansTheSame() throws IOException {
        Flag[] flags = {
            new Flag("--host", "host", "::"),
            new Flag("--allow-origin", "allow-origin", "https://a.example,http://[::1]:8080"),
            new Flag("--set", "ws.frame-bytes", "65536"),
            new Flag("--set", "deadlines.idle", "90 s"),
            new Flag("--set", "token.key-file", "C:\\keys\\the \"best\".pem"),
            new Flag("--set", "token.audience", "null,b"),
            new Flag("--set", "token.issuer", "NULL"),
        };
        Configuration configuration = good(read("", Map.of(), flags));
        String printed = String.join("\n", configuration.lines());
        assertEquals(configuration.settings(), good(read(printed, Map.of())).settings());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HEDDLE_AOT",
                "HEDDLE_JAVA_OPTS",
                "HEDDLE_REQUIRE_ALL_TESTS",
                "HEDDLE_INSTALL_TEST_TOOLS",
                "HEDDLEPORT",
                "heddle_port"
            })
    void variablesOfOthersArePassedOver(String variable) {
        assertEquals(Settings.defaults(), good(read("", Map.of(variable, "-Xmx1g"))).settings());
    }

    /// What a pod is told of Services named heddle and heddle-internal.
    @ParameterizedTest
    @CsvSource({
        "HEDDLE_SERVICE_HOST, 10.0.0.11",
        "HEDDLE_SERVICE_PORT, 80",
        "HEDDLE_SERVICE_PORT_HTTP, 80",
        "HEDDLE_PORT, tcp://10.0.0.11:80",
        "HEDDLE_PORT, udp://10.0.0.11:80",
        "HEDDLE_PORT_80_TCP, tcp://10.0.0.11:80",
        "HEDDLE_PORT_80_TCP_PROTO, tcp",
        "HEDDLE_PORT_80_TCP_PORT, 80",
        "HEDDLE_PORT_80_TCP_ADDR, 10.0.0.11",
        "HEDDLE_INTERNAL_SERVICE_HOST, 10.0.0.12",
        "HEDDLE_INTERNAL_SERVICE_PORT, 80",
        "HEDDLE_INTERNAL_PORT, tcp://10.0.0.12:80",
        "HEDDLE_INTERNAL_PORT_80_TCP_ADDR, 10.0.0.12",
    })
    void variablesOfKubernetesArePassedOver(String variable, String text) {
        assertEquals(Settings.defaults(), good(read("", Map.of(variable, text))).settings());
    }

    @ParameterizedTest
    @CsvSource({
        "HEDDLE_PORT, http://10.0.0.11:80",
        "HEDDLE_PORT, x",
        "HEDDLE_HOST, tcp://10.0.0.11:80",
        "HEDDLE_SERVICE, x",
        "HEDDLE_PORT_80, 80",
    })
    void variablesThatKubernetesWouldNotSetAreJudged(String variable, String text) {
        assertEquals(1, faults(read("", Map.of(variable, text))).size());
    }

    @Test
    void originsInTheEnvironmentAreSeparatedByCommasAndMayBeNone() {
        String yaml = "allow-origin: https://c.example";
        Map<String, String> two =
                Map.of("HEDDLE_ALLOW_ORIGIN", "https://a.example,https://b.example");
        assertEquals(
                List.of("https://a.example", "https://b.example"),
                good(read(yaml, two)).settings().server().allowOrigins());
        Map<String, String> none = Map.of("HEDDLE_ALLOW_ORIGIN", "");
        assertEquals(List.of(), good(read(yaml, none)).settings().server().allowOrigins());
    }

    @Test
    void everyFaultIsToldAtOnceAndNamesItsSource() {
        Map<String, String> environment = Map.of("HEDDLE_PROT", "1", "HEDDLE_DIAGNOSTICS", "on");
        Flag[] flags = {
            new Flag("--port", "port", "high"),
            new Flag("--set", "port", "1"),
            new Flag("--set", "limits.head-byte", "1"),
        };
        assertEquals(
                List.of(
                        "heddle.yaml:2: unknown key limits.head-byte;"
                                + " did you mean limits.head-bytes?",
                        "HEDDLE_DIAGNOSTICS: diagnostics cannot be \"on\"; it takes true or false",
                        "HEDDLE_PROT: unknown variable HEDDLE_PROT; did you mean HEDDLE_PORT?",
                        "--port: port cannot be \"high\"; it takes a whole number from 0 to 65535",
                        "--set: port is already set by --port",
                        "--set: unknown key limits.head-byte; did you mean limits.head-bytes?"),
                faults(read("limits:\n  head-byte: 1\n", environment, flags)));
    }

    @Test
    void aValueIsJudgedEvenWhereAnotherSourceBeatsIt() {
        assertEquals(
                List.of(
                        "heddle.yaml:1: port cannot be \"x\";"
                                + " it takes a whole number from 0 to 65535"),
                faults(read("port: x", Map.of(), new Flag("--port", "port", "1"))));
    }

    @Test
    void aContradictionNamesBothSettingsAndWhoeverSetOne() {
        assertEquals(
                List.of(
                        "heddle.yaml:2: ws.message-bytes (4MiB) must not exceed"
                                + " ws.unfinished-bytes (2MiB, the default)"),
                faults(read("ws:\n  message-bytes: 4MiB\n", Map.of())));
        assertEquals(
                List.of(
                        "HEDDLE_ECHO_UNFINISHED_BYTES: echo.message-bytes (16MiB, the default)"
                                + " must not exceed echo.unfinished-bytes (1MiB)"),
                faults(read("", Map.of("HEDDLE_ECHO_UNFINISHED_BYTES", "1MiB"))));
        assertEquals(
                List.of(
                        "HEDDLE_ACC_FRAME_BYTES: acc.message-bytes (64KiB, the default) must not"
                                + " exceed acc.fragments (15) of acc.frame-bytes (4KiB)"),
                faults(
                        read(
                                "",
                                Map.of(
                                        "HEDDLE_ACC_FRAGMENTS", "15",
                                        "HEDDLE_ACC_FRAME_BYTES", "4KiB"))));
        assertEquals(
                List.of(
                        "--port: internal.port (8081, the default) must be different from"
                                + " port (8081)"),
                faults(read("", Map.of(), new Flag("--port", "port", "8081"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.1", "localhost.example.com", "127.0.0.1.de"})
    void anInternalPortThatOthersReachNeedsAKey(String host) {
        Flag flag = new Flag("--internal-host", "internal.host", host);
        List<String> faults = faults(read("", Map.of(), flag));
        assertEquals(1, faults.size());
        assertTrue(
                faults.getFirst()
                        .endsWith("set HEDDLE_INTERNAL_API_KEY or, in the file, internal.api-key"));
        good(read("internal.api-key: 0123456789abcdef", Map.of(), flag));
    }

    @Test
    void aLoginForTheHubNeedsKeysOfTokens() {
        assertEquals(
                List.of(
                        "--set: ws.login (true) needs keys that tokens are verified with: set one"
                                + " of token.secret, token.secret-file, token.key, token.key-file,"
                                + " token.jwks-url"),
                faults(read("", Map.of(), new Flag("--set", "ws.login", "true"))));
        Map<String, String> secret =
                Map.of("HEDDLE_TOKEN_SECRET", "a secret of 32 bytes, or of more");
        assertTrue(
                good(read("", secret, new Flag("--set", "ws.login", "true")))
                        .settings()
                        .endpoints()
                        .ws()
                        .login());
        good(read("", Map.of(), new Flag("--set", "ws.login", "false")));
    }

    @Test
    void theProxyProtocolNeedsProxiesThatAreTrusted() {
        assertEquals(
                List.of("--set: proxy.protocol (true) needs proxy.trusted"),
                faults(read("", Map.of(), new Flag("--set", "proxy.protocol", "true"))));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new ProxySettings(
                                List.of(), ClientHeader.FORWARDED, true, Duration.ofSeconds(1)));
        Configuration configuration =
                good(read("proxy: {trusted: [10.0.0.0/8, '::1'], protocol: true}", Map.of()));
        assertTrue(
                shown(configuration, "proxy.trusted")
                        .startsWith("[\"10.0.0.0/8\", \"0:0:0:0:0:0:0:1\"]"));
    }

    @Test
    void aRequiredSubprotocolNeedsSubprotocols() {
        Flag required = new Flag("--set", "acc.require-subprotocol", "true");
        assertEquals(
                List.of("--set: acc.require-subprotocol (true) needs acc.subprotocols"),
                faults(read("", Map.of(), required)));
        assertEquals(
                Subprotocols.mandatory("a.b", "chat"),
                good(read("acc.subprotocols: [a.b, chat]", Map.of(), required))
                        .settings()
                        .endpoints()
                        .acc()
                        .endpoint()
                        .subprotocols());
    }

    @Test
    void noTwoEndpointsThatExistHaveAPathInCommon() {
        assertEquals(
                List.of(
                        "heddle.yaml:1: ws.paths ([\"/\", \"/ws\"]) must have no path of acc.paths"
                                + " ([\"/acc\", \"/\"])"),
                faults(read("ws.paths: [/, /ws]\nacc.paths: [/acc, /]", Map.of())));
        assertEquals(
                List.of(
                        "heddle.yaml:1: echo.paths ([\"/echo\"], the default) must have no path of"
                                + " ws.paths ([\"/echo\"])"),
                faults(read("ws.paths: /echo\ndiagnostics: true", Map.of())));
        good(read("ws.paths: /echo", Map.of()));
        good(read("acc.paths: /ws\nws.enabled: false", Map.of()));
    }

    @Test
    void aPathIsRefusedWithWhatWouldBeRight() {
        assertEquals(
                List.of(
                        "HEDDLE_WS_PATHS: ws.paths cannot be \"ws?a=b\"; it takes one or more"
                                + " different paths such as /, /ws or /v1/ws, without query,"
                                + " fragment, space or %"),
                faults(read("", Map.of("HEDDLE_WS_PATHS", "ws?a=b"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "localhost"})
    void anInternalPortOfLoopbackNeedsNone(String host) {
        good(read("", Map.of(), new Flag("--internal-host", "internal.host", host)));
    }

    @Test
    void aSecretIsNeverShown() {
        String secret = "correct:horse#battery-staple";
        Configuration configuration = good(read("", Map.of("HEDDLE_INTERNAL_API_KEY", secret)));
        assertEquals(secret, configuration.settings().internal().api().apiKey().text());
        String printed = String.join("\n", configuration.lines());
        assertFalse(printed.contains("horse"), printed);
        assertTrue(printed.contains("# internal.api-key: (secret)"), printed);
        assertFalse(configuration.settings().toString().contains("horse"));
        assertEquals(
                Secret.NONE, good(read(printed, Map.of())).settings().internal().api().apiKey());
    }

    @Test
    void aSecretThatIsNotTakenIsNotShownEither() {
        assertEquals(
                List.of(
                        "heddle.yaml:1: internal.api-key cannot be (secret);"
                                + " it takes 16 to 256 visible ASCII characters"),
                faults(read("internal.api-key: hunter2", Map.of())));
        assertEquals(
                List.of(
                        "--set: internal.api-key is a secret, and a command line is seen by others:"
                                + " set HEDDLE_INTERNAL_API_KEY or, in the file, internal.api-key"),
                faults(
                        read(
                                "",
                                Map.of(),
                                new Flag("--set", "internal.api-key", "0123456789abcdef"))));
    }

    @Test
    void everyContradictionIsToldAtOnce() {
        String yaml = "port: 1\ninternal.port: 1\nws.message-bytes: 1GiB\n";
        assertEquals(2, faults(read(yaml, Map.of())).size());
    }

    private Reading read(String yaml, Map<String, String> environment, Flag... flags) {
        Path file = folder.resolve("heddle.yaml");
        try {
            Files.writeString(file, yaml);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        return Configuration.read(Optional.of(file), environment, List.of(flags));
    }

    private static Configuration good(Reading reading) {
        return assertInstanceOf(Reading.Good.class, reading).configuration();
    }

    private List<String> faults(Reading reading) {
        return assertInstanceOf(Reading.Faulty.class, reading).faults().stream()
                .map(fault -> fault.replace(folder + "/", ""))
                .toList();
    }

    /// The setting's value and source as they are printed, without the padding and the description.
    private String shown(Configuration configuration, String name) {
        return configuration.lines().stream()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.replace(folder + "/", "").substring(name.length() + 2))
                .map(line -> line.replaceAll("^(\\S+) +(# \\S+) +.*$", "$1 $2"))
                .findFirst()
                .orElseThrow();
    }

    /// The components in which two records differ, nested ones too, spelt like a setting.
    private static Set<String> differences(String path, Record one, Record other)
            throws ReflectiveOperationException {
        Set<String> differences = new TreeSet<>();
        for (RecordComponent component : one.getClass().getRecordComponents()) {
            String name = path + '.' + component.getName().replaceFirst("^max", "");
            Object value = component.getAccessor().invoke(one);
            Object otherValue = component.getAccessor().invoke(other);
            if (value instanceof Record nested
                    && otherValue instanceof Record otherNested
                    && !(value instanceof Secret)) {
                differences.addAll(differences(name, nested, otherNested));
            } else if (!Objects.equals(value, otherValue)) {
                differences.add(spelt(name));
            }
        }
        return differences;
    }

    /// Some groups of records are none of the file.
    private static String spelt(String component) {
        return component
                .replaceFirst("^.server", "")
                .replaceFirst("^.internal.api", ".internal")
                .replaceFirst("^.net.tls", ".tls")
                .replaceFirst("^.limits.paces", ".paces")
                .replaceFirst("^.records", "")
                .replaceFirst("^.limits.head.Headers", ".limits.headers")
                .replaceFirst("^.limits.connections(?=.(Handshakes|backlog|retryAfter))", ".limits")
                .replaceFirst("^.token.keys", ".token")
                .replaceFirst(".negotiable", "")
                .replaceFirst(".subprotocols.names", ".subprotocols")
                .replaceFirst(".subprotocols.required", ".requireSubprotocol")
                .replaceFirst("^.deadlines.(receiving|liveness|sending|stopping)", ".deadlines")
                .replaceFirst("^.endpoints.echo.enabled", ".diagnostics")
                .replaceFirst("^.endpoints.acc.messages", ".messages")
                .replaceFirst("^.endpoints.acc.rooms.ids", ".rooms")
                .replaceFirst("^.endpoints.acc.rooms.sessions", ".user-sessions")
                .replaceFirst("^.endpoints.acc.(users|commands)", ".$1")
                .replaceFirst("^.endpoints.(ws|echo|acc)(.endpoint)?(.limits|.rates)?", ".$1")
                .replaceFirst("(?<=allowOrigin|allowHost)s$", "")
                .replaceAll("[.-]", "")
                .toLowerCase(Locale.ROOT);
    }
}
