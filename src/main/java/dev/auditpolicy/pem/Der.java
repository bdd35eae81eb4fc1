package dev.auditpolicy.pem;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The frame of DER: elements of a tag, a length and contents. The JDK writes what is inside. */
public final class Der {

    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int OBJECT_IDENTIFIER = 0x06;
    public static final int UTC_TIME = 0x17;
    public static final int SEQUENCE = 0x30;
    /** Context-specific, constructed, number 0. */
    public static final int FIRST_OPTION = 0xa0;

    private static final int MAX_LENGTH = 0xffff;

    private Der() {}

    /** An element with these contents. */
    public static byte[] element(int tag, byte[]... contents) {
        var length = Arrays.stream(contents).mapToInt(content -> content.length).sum();
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("longer than 64 KiB");
        }
        var element = new ByteArrayOutputStream();
        element.write(tag);
        if (length > 0xff) {
            element.write(0x82);
            element.write(length >> 8);
        } else if (length > 0x7f) {
            element.write(0x81);
        }
        element.write(length & 0xff);
        Arrays.stream(contents).forEach(element::writeBytes);
        return element.toByteArray();
    }

    /**
     * The elements in an element, each with its tag and length.
     *
     * @throws IllegalArgumentException if it ends too early or too late
     */
    public static List<byte[]> children(byte[] element) {
        var children = new ArrayList<byte[]>();
        var end = end(element, 0);
        if (end != element.length) {
            throw new IllegalArgumentException("bytes after the end");
        }
        for (var start = contents(element, 0); start < end; start = end(element, start)) {
            children.add(Arrays.copyOfRange(element, start, end(element, start)));
        }
        return children;
    }

    /** The contents of an element. */
    public static byte[] contents(byte[] element) {
        return Arrays.copyOfRange(element, contents(element, 0), end(element, 0));
    }

    private static int contents(byte[] bytes, int start) {
        var first = unsigned(bytes, start + 1);
        return start + 2 + (first > 0x80 ? first - 0x80 : 0);
    }

    private static int end(byte[] bytes, int start) {
        var first = unsigned(bytes, start + 1);
        var length =
                switch (first) {
                    case 0x81 -> unsigned(bytes, start + 2);
                    case 0x82 -> unsigned(bytes, start + 2) << 8 | unsigned(bytes, start + 3);
                    default -> first;
                };
        var end = contents(bytes, start) + length;
        if (first == 0x80 || first > 0x82 || end > bytes.length) {
            throw new IllegalArgumentException("a length that no DER has");
        }
        return end;
    }

    private static int unsigned(byte[] bytes, int index) {
        if (index >= bytes.length) {
            throw new IllegalArgumentException("ends in the middle of an element");
        }
        return Byte.toUnsignedInt(bytes[index]);
    }
}
