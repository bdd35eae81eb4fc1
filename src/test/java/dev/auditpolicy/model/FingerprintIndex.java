package dev.auditpolicy.model;

import java.util.Arrays;

/** Numbers fingerprints in the order of their arrival. It uses open addressing, since there are millions of them. */
final class FingerprintIndex {

    private static final int ABSENT = -1;

    private long[] keys = new long[1 << 16];
    private int[] numbers = new int[1 << 16];
    private int size;

    FingerprintIndex() {
        Arrays.fill(numbers, ABSENT);
    }

    int size() {
        return size;
    }

    /** The number of {@code fingerprint}, which is {@link #size} minus one if it is new. */
    int number(long fingerprint) {
        var slot = slot(fingerprint);
        if (numbers[slot] == ABSENT) {
            if (size * 2 > keys.length) {
                grow();
                slot = slot(fingerprint);
            }
            keys[slot] = fingerprint;
            numbers[slot] = size++;
        }
        return numbers[slot];
    }

    private int slot(long fingerprint) {
        var slot = (int) fingerprint & (keys.length - 1);
        while (numbers[slot] != ABSENT && keys[slot] != fingerprint) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        var oldKeys = keys;
        var oldNumbers = numbers;
        keys = new long[oldKeys.length * 2];
        numbers = new int[oldNumbers.length * 2];
        Arrays.fill(numbers, ABSENT);
        for (var old = 0; old < oldKeys.length; old++) {
            if (oldNumbers[old] != ABSENT) {
                var slot = slot(oldKeys[old]);
                keys[slot] = oldKeys[old];
                numbers[slot] = oldNumbers[old];
            }
        }
    }
}
