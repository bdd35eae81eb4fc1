package dev.auditpolicy.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.random.RandomGenerator;

/** Writes JSON on one line with blanks and escapes at random. */
final class Spelling {

    private static final String[] BLANKS = {" ", "\t", "  ", "\r"};

    private final RandomGenerator random;
    private final boolean compact;

    Spelling(RandomGenerator random) {
        this.random = random;
        compact = random.nextBoolean();
    }

    String of(JsonNode value) {
        var text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private void write(JsonNode value, StringBuilder text) {
        blank(text);
        if (value.isObject()) {
            text.append('{');
            String separator = "";
            for (var field : value.properties()) {
                text.append(separator);
                blank(text);
                string(field.getKey(), text);
                blank(text);
                text.append(':');
                write(field.getValue(), text);
                separator = ",";
            }
            blank(text);
            text.append('}');
        } else if (value.isArray()) {
            text.append('[');
            String separator = "";
            for (JsonNode element : value) {
                text.append(separator);
                write(element, text);
                separator = ",";
            }
            blank(text);
            text.append(']');
        } else if (value.isTextual()) {
            string(value.textValue(), text);
        } else {
            text.append(value);
        }
        blank(text);
    }

    private void string(String value, StringBuilder text) {
        text.append('"');
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            if (character < ' ' || (!compact && !Character.isSurrogate(character) && random.nextInt(12) == 0)) {
                text.append(String.format("\\u%04x", (int) character));
            } else if (character == '"' || character == '\\') {
                text.append('\\').append(character);
            } else {
                text.append(character);
            }
        }
        text.append('"');
    }

    private void blank(StringBuilder text) {
        if (!compact && random.nextInt(5) == 0) {
            text.append(BLANKS[random.nextInt(BLANKS.length)]);
        }
    }
}
