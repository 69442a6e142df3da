package dev.heddle.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import dev.heddle.support.ApiClient;
import dev.heddle.support.HttpAnswer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// An OpenAPI document, as a server has described itself.
final class ApiDescription {
    private static final String LOCATION = "https://heddle.example/openapi.json";

    private final JsonNode root;
    private final SchemaRegistry schemas;

    ApiDescription(String json) throws IOException {
        this.root = new ObjectMapper().readTree(json);
        this.schemas =
                SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder -> builder.schemas(Map.of(LOCATION, json)));
    }

    /// One operation.
    ///
    /// @param pointer to it, a JSON pointer
    record Operation(String method, String template, String pointer) {
        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : root.get("paths").properties()) {
            for (Iterator<String> names = path.getValue().fieldNames(); names.hasNext(); ) {
                String method = names.next();
                operations.add(
                        new Operation(
                                method.toUpperCase(Locale.ROOT),
                                path.getKey(),
                                "/paths/" + escape(path.getKey()) + "/" + method));
            }
        }
        return operations;
    }

    /// The statuses that an operation may answer with.
    Set<Integer> statuses(Operation operation) {
        Set<Integer> statuses = new TreeSet<>();
        at(operation.pointer() + "/responses")
                .fieldNames()
                .forEachRemaining(status -> statuses.add(Integer.valueOf(status)));
        return statuses;
    }

    /// The parameters of an operation, references followed.
    List<JsonNode> parameters(Operation operation) {
        List<JsonNode> parameters = new ArrayList<>();
        at(operation.pointer() + "/parameters").forEach(each -> parameters.add(follow(each)));
        return parameters;
    }

    /// What a body of an operation may look like; missing if it has none.
    JsonNode bodyExample(Operation operation) {
        return at(operation.pointer() + "/requestBody/content/application~1json/example");
    }

    /// Insists that an answer is a described one.
    void require(Operation operation, HttpAnswer answer) {
        String pointer = operation.pointer() + "/responses/" + answer.status();
        JsonNode response = at(pointer);
        if (response.isMissingNode()) {
            throw new AssertionError(operation + " may not answer with " + answer);
        }
        String reference = response.path("$ref").asText();
        String described = reference.isEmpty() ? pointer : reference.substring(1);
        String type = answer.header("Content-Type");
        JsonNode content = at(described).path("content");
        if (content.isMissingNode()) {
            if (!answer.body().isEmpty()) {
                throw new AssertionError(operation + " may not have a body: " + answer);
            }
            return;
        }
        if (!content.has(type)) {
            throw new AssertionError(operation + " may not answer with " + type);
        }
        requireValid(described + "/content/" + escape(type) + "/schema", ApiClient.text(answer));
    }

    /// Insists that the example of a body is what the operation takes.
    void requireRightExample(Operation operation) {
        String pointer = operation.pointer() + "/requestBody/content/application~1json/schema";
        requireValid(pointer, bodyExample(operation).toString());
    }

    private void requireValid(String pointer, String json) {
        List<Error> errors =
                schemas.getSchema(SchemaLocation.of(LOCATION + "#" + pointer))
                        .validate(
                                json,
                                InputFormat.JSON,
                                context ->
                                        context.executionConfig(
                                                config -> config.formatAssertionsEnabled(true)));
        if (!errors.isEmpty()) {
            throw new AssertionError(pointer + " says no to " + json + ": " + errors);
        }
    }

    private JsonNode follow(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : at(reference.substring(1));
    }

    private JsonNode at(String pointer) {
        return root.at(pointer);
    }

    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
