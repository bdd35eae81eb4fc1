package dev.auditpolicy.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The fields that {@link EventParser} reads, by their keys. */
enum Field {
    LEVEL("level"),
    STAGE("stage"),
    REQUEST_URI("requestURI"),
    VERB("verb"),
    USER("user"),
    USER_AGENT("userAgent"),
    IMPERSONATED_USER("impersonatedUser"),
    OBJECT_REF("objectRef"),
    RESPONSE_STATUS("responseStatus"),
    REQUEST_OBJECT("requestObject"),
    RESPONSE_OBJECT("responseObject"),
    REQUEST_RECEIVED_TIMESTAMP("requestReceivedTimestamp"),
    STAGE_TIMESTAMP("stageTimestamp"),
    ANNOTATIONS("annotations"),
    USERNAME("username"),
    GROUPS("groups"),
    CODE("code"),
    OTHER("");

    /** No key is longer. */
    private static final int MAX_LENGTH = 24;

    private static final Field[][] BY_LENGTH = byLength();

    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // Never written.
    private final byte[] bytes;

    /** The first eight bytes, or fewer. */
    private final long start;

    Field(String key) {
        this.key = key;
        this.bytes = key.getBytes(StandardCharsets.UTF_8);
        this.start = JsonScanner.word(Arrays.copyOf(bytes, bytes.length + Long.BYTES), 0) & mask(bytes.length);
    }

    private static Field[][] byLength() {
        var fields = new Field[MAX_LENGTH + 1][];
        for (int length = 0; length <= MAX_LENGTH; length++) {
            int wanted = length;
            fields[length] = Arrays.stream(values())
                    .filter(field -> field != OTHER && field.bytes.length == wanted)
                    .toArray(Field[]::new);
        }
        return fields;
    }

    private static long mask(int length) {
        return length >= Long.BYTES ? -1 : (1L << (Byte.SIZE * length)) - 1;
    }

    /** The field with the key at these offsets, without its quotes. */
    static Field of(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length <= MAX_LENGTH) {
            long start = JsonScanner.word(bytes, from) & mask(length);
            for (Field field : BY_LENGTH[length]) {
                if (field.start == start
                        && (length <= Long.BYTES || Arrays.equals(field.bytes, 0, length, bytes, from, to))) {
                    return field;
                }
            }
        }
        return OTHER;
    }

    /** The field with a key that has escapes. */
    static Field ofEscaped(byte[] bytes, int from, int to) {
        String text = JsonText.decode(bytes, from, to);
        return Arrays.stream(values())
                .filter(field -> field.key.equals(text))
                .findFirst()
                .orElse(OTHER);
    }
}
