package dev.auditpolicy.policy.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Parses JSON and keeps positions, the order of fields and duplicate fields. */
public final class JsonText {

    /** The prefix of upstream's syntax errors: it parses apiVersion and kind first, separately. */
    private static final String SYNTAX = "couldn't get version/kind; json parse error: ";

    private final JsonParser parser;

    private JsonText(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Parses a text that is one JSON value.
     *
     * @throws MalformedDocumentException if it is not
     */
    public static Tree read(String text) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Limits.MAX_DEPTH)
                        .build())
                .build();
        try (JsonParser parser = factory.createParser(text)) {
            parser.nextToken();
            Tree tree = new JsonText(parser).value();
            if (parser.nextToken() != null) {
                throw new MalformedDocumentException(
                        SYNTAX + "invalid character after top-level value", position(parser.currentTokenLocation()));
            }
            return tree;
        } catch (StreamConstraintsException e) {
            throw new BeyondLimitsException(
                    "nested deeper than " + Limits.MAX_DEPTH + " levels, or a number of 1000 or more digits",
                    position(e.getLocation()),
                    e);
        } catch (JsonProcessingException e) {
            throw new MalformedDocumentException(SYNTAX + e.getOriginalMessage(), position(e.getLocation()), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Tree value() throws IOException {
        Position position = position(parser.currentTokenLocation());
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new Tree.Text(parser.getText(), position);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Tree.Numeral(parser.getText(), position);
            case VALUE_TRUE -> new Tree.Bool(true, position);
            case VALUE_FALSE -> new Tree.Bool(false, position);
            case VALUE_NULL -> new Tree.Null(position);
            case START_ARRAY -> items(position);
            case START_OBJECT -> fields(position);
            case END_ARRAY, END_OBJECT, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value begins with " + parser.currentToken());
        };
    }

    private Tree items(Position position) throws IOException {
        var items = new ArrayList<Tree>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value());
        }
        return new Tree.Items(items, position);
    }

    private Tree fields(Position position) throws IOException {
        var fields = new ArrayList<Tree.Field>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Position keyPosition = position(parser.currentTokenLocation());
            parser.nextToken();
            fields.add(new Tree.Field(name, value(), keyPosition));
        }
        return new Tree.Fields(fields, position);
    }

    private static Position position(@Nullable JsonLocation location) {
        return location == null ? Position.UNKNOWN : new Position(location.getLineNr(), location.getColumnNr());
    }
}
