package dev.auditpolicy.policy.decode;

/**
 * The type that a field must have.
 *
 * @param kind the JSON type, if it determines how to fix a wrong value
 * @param description a readable name of the type, such as "a list of strings"
 * @param goField the Go struct and the path of JSON names in the message of {@code encoding/json}
 * @param goType the Go type in that message
 */
public record ExpectedType(Kind kind, String description, String goField, String goType) {

    /** The JSON type of a field. */
    public enum Kind {
        STRING,
        BOOLEAN,
        LIST_OF_STRINGS,
        LIST_OF_OBJECTS,
        OTHER
    }

    static ExpectedType string(String goField, String goType) {
        return new ExpectedType(Kind.STRING, "a string", goField, goType);
    }

    static ExpectedType bool(String goField) {
        return new ExpectedType(Kind.BOOLEAN, "true or false", goField, "bool");
    }

    static ExpectedType strings(String goField, String elementType) {
        return new ExpectedType(Kind.LIST_OF_STRINGS, "a list of strings", goField, "[]" + elementType);
    }

    static ExpectedType objects(String description, String goField, String elementType) {
        return new ExpectedType(Kind.LIST_OF_OBJECTS, description, goField, "[]" + elementType);
    }

    static ExpectedType other(String description, String goField, String goType) {
        return new ExpectedType(Kind.OTHER, description, goField, goType);
    }
}
