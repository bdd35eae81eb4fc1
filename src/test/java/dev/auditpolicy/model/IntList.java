package dev.auditpolicy.model;

import java.util.Arrays;

/** A list of primitive ints, for millions of them. */
final class IntList {

    private int[] elements = new int[1 << 12];
    private int size;

    void add(int element) {
        if (size == elements.length) {
            elements = Arrays.copyOf(elements, size * 2);
        }
        elements[size++] = element;
    }

    int get(int index) {
        return elements[index];
    }

    int size() {
        return size;
    }
}
