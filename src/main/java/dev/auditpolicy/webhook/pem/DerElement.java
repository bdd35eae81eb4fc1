package dev.auditpolicy.webhook.pem;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The frame of DER: elements of a tag, a length and contents. */
final class DerElement {

    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int SEQUENCE = 0x30;
    static final int OPTION_0 = 0xa0;

    private static final int MAX_LENGTH_BYTES = 3;

    private DerElement() {}

    /** An element with these contents. */
    static byte[] of(int tag, byte[]... contents) {
        var joined = new ByteArrayOutputStream();
        Arrays.stream(contents).forEach(joined::writeBytes);
        var element = new ByteArrayOutputStream();
        element.write(tag);
        var length = BigInteger.valueOf(joined.size());
        if (length.bitLength() <= 7) {
            element.write(joined.size());
        } else {
            int bytes = (length.bitLength() + 7) / 8;
            element.write(0x80 | bytes);
            for (int shift = bytes - 1; shift >= 0; shift--) {
                element.write(joined.size() >> (8 * shift));
            }
        }
        element.writeBytes(joined.toByteArray());
        return element.toByteArray();
    }

    /**
     * The elements in an element.
     *
     * @throws IllegalArgumentException if it ends too early
     */
    static List<byte[]> children(byte[] element) {
        var children = new ArrayList<byte[]>();
        var frame = Frame.at(element, 0);
        for (int start = frame.contents();
                start < frame.end();
                start = Frame.at(element, start).end()) {
            children.add(
                    Arrays.copyOfRange(element, start, Frame.at(element, start).end()));
        }
        return children;
    }

    /** The contents of an element. */
    static byte[] contents(byte[] element) {
        var frame = Frame.at(element, 0);
        return Arrays.copyOfRange(element, frame.contents(), frame.end());
    }

    private record Frame(int contents, int end) {

        static Frame at(byte[] bytes, int start) {
            int first = unsigned(bytes, start + 1);
            int lengthBytes = first < 0x80 ? 0 : first - 0x80;
            if (first == 0x80 || lengthBytes > MAX_LENGTH_BYTES) {
                throw new IllegalArgumentException("a length that no key has");
            }
            int length = lengthBytes == 0 ? first : 0;
            for (int index = 0; index < lengthBytes; index++) {
                length = (length << 8) | unsigned(bytes, start + 2 + index);
            }
            int contents = start + 2 + lengthBytes;
            if (contents + length > bytes.length) {
                throw new IllegalArgumentException("ends in the middle of an element");
            }
            return new Frame(contents, contents + length);
        }

        private static int unsigned(byte[] bytes, int index) {
            if (index >= bytes.length) {
                throw new IllegalArgumentException("ends in the middle of an element");
            }
            return Byte.toUnsignedInt(bytes[index]);
        }
    }
}
