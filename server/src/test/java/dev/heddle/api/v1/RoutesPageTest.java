package dev.heddle.api.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.heddle.support.Document;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

class RoutesPageTest {
    @Test
    void everyDescribedRouteIsInTheManualAndEveryOneOfTheManualIsDescribed() throws IOException {
        JsonNode paths =
                new ObjectMapper()
                        .readTree(V1Routes.class.getResourceAsStream("openapi.json"))
                        .path("paths");
        Set<String> described = new TreeSet<>();
        for (var path : paths.properties()) {
            for (var operation : path.getValue().properties()) {
                if (operation.getValue().has("responses")) {
                    String method = operation.getKey().toUpperCase(Locale.ROOT);
                    described.add(method + " " + path.getKey());
                }
            }
        }
        Document page = Document.read("server/docs/http-api.md");
        assertEquals(described, page.found("Routes", "^\\| `([A-Z]+ /api/v1/[^`]*)` \\|"));
    }
}
