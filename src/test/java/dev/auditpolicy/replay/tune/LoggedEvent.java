package dev.auditpolicy.replay.tune;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event of a log, as a builder of its line. */
final class LoggedEvent {

    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    private final ObjectNode event = JsonNodeFactory.instance.objectNode();

    LoggedEvent(@Nullable String user, List<String> groups, String verb, String uri) {
        event.put("level", "RequestResponse").put("stage", "ResponseComplete");
        event.put("requestURI", uri).put("verb", verb);
        ObjectNode caller = event.putObject("user");
        if (user != null) {
            caller.put("username", user);
            groups.forEach(caller.putArray("groups")::add);
        }
        event.putObject("responseStatus").put("code", 200);
        at(0);
    }

    static LoggedEvent by(String user, String verb, String uri) {
        return new LoggedEvent(user, List.of("system:authenticated"), verb, uri);
    }

    LoggedEvent at(long second) {
        event.put("stageTimestamp", START.plusSeconds(second).toString());
        return this;
    }

    LoggedEvent level(String level) {
        event.put("level", level);
        return this;
    }

    LoggedEvent stage(String stage) {
        event.put("stage", stage);
        return this;
    }

    LoggedEvent code(int code) {
        event.putObject("responseStatus").put("code", code);
        return this;
    }

    LoggedEvent impersonating() {
        event.putObject("impersonatedUser").put("username", "bob");
        return this;
    }

    LoggedEvent bodies(int request, int response) {
        if (request > 0) {
            body("requestObject", request);
        }
        if (response > 0) {
            body("responseObject", response);
        }
        return this;
    }

    private void body(String field, int length) {
        ObjectNode object = event.putObject(field);
        object.putObject("metadata")
                .put("name", "x")
                .putArray("managedFields")
                .addObject()
                .put("manager", "m");
        object.put("data", "d".repeat(length));
    }

    String line() {
        return event.toString();
    }
}
