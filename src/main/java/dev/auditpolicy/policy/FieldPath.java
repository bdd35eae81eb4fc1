package dev.auditpolicy.policy;

/** Where a value stands in a document, written as Kubernetes writes it: {@code rules[0].resources[1].group}. */
record FieldPath(String text) {

    static final FieldPath ROOT = new FieldPath("");

    FieldPath field(String name) {
        return new FieldPath(text.isEmpty() ? name : text + "." + name);
    }

    FieldPath index(int index) {
        return new FieldPath(text + "[" + index + "]");
    }

    /** Whether this is that place or one inside of it. */
    boolean isWithin(FieldPath place) {
        return text.equals(place.text)
                || (text.startsWith(place.text)
                        && (text.charAt(place.text.length()) == '.' || text.charAt(place.text.length()) == '['));
    }

    @Override
    public String toString() {
        return text;
    }
}
