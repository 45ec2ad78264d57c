package dev.tally.kernel.emit;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.tally.kernel.memory.Access;
import dev.tally.kernel.memory.CheckedAccess;
import dev.tally.kernel.memory.RawAccess;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/**
 * The bytecode of operations on vectors of one width and way to memory. Each method leaves on the stack what its
 * comment says and takes from it what it needs.
 */
final class VectorCode {
    private static final String VECTOR_PACKAGE = "jdk.incubator.vector.";
    private static final ClassDesc FLOAT_VECTOR = ClassDesc.of(VECTOR_PACKAGE + "FloatVector");
    private static final ClassDesc VECTOR = ClassDesc.of(VECTOR_PACKAGE + "Vector");
    private static final ClassDesc SPECIES = ClassDesc.of(VECTOR_PACKAGE + "VectorSpecies");
    private static final ClassDesc MASK = ClassDesc.of(VECTOR_PACKAGE + "VectorMask");
    private static final ClassDesc OPERATORS = ClassDesc.of(VECTOR_PACKAGE + "VectorOperators");
    private static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");

    private static final ClassDesc SEGMENT = ClassDesc.of("java.lang.foreign.MemorySegment");
    private static final ClassDesc FLOAT_LAYOUT = ClassDesc.of("java.lang.foreign.ValueLayout$OfFloat");
    private static final ClassDesc BYTE_ORDER = ClassDesc.of("java.nio.ByteOrder");
    private static final ClassDesc RAW = ClassDesc.of(RawAccess.class.getName());
    private static final ClassDesc CHECKED = ClassDesc.of(CheckedAccess.class.getName());

    private static final MethodTypeDesc LOAD = MethodTypeDesc.of(FLOAT_VECTOR, SPECIES, SEGMENT, CD_long, BYTE_ORDER);
    private static final MethodTypeDesc STORE = MethodTypeDesc.of(CD_void, SEGMENT, CD_long, BYTE_ORDER);
    private static final MethodTypeDesc OF_ARRAY =
            MethodTypeDesc.of(FLOAT_VECTOR, SPECIES, CD_float.arrayType(), CD_int);
    private static final MethodTypeDesc SELECT = MethodTypeDesc.of(FLOAT_VECTOR, VECTOR, VECTOR);
    private static final MethodTypeDesc SET = MethodTypeDesc.of(CD_void, FLOAT_LAYOUT, CD_long, CD_float);
    private static final MethodTypeDesc GET = MethodTypeDesc.of(CD_float, FLOAT_LAYOUT, CD_long);
    private static final MethodTypeDesc CHECK = MethodTypeDesc.of(CD_long, CD_long, CD_int);
    private static final MethodTypeDesc BROADCAST = MethodTypeDesc.of(FLOAT_VECTOR, SPECIES, CD_float);
    private static final MethodTypeDesc FMA = MethodTypeDesc.of(FLOAT_VECTOR, VECTOR, VECTOR);
    private static final MethodTypeDesc BINARY = MethodTypeDesc.of(FLOAT_VECTOR, VECTOR);
    private static final MethodTypeDesc COMPARE = MethodTypeDesc.of(MASK, COMPARISON, CD_float);
    private static final MethodTypeDesc COMPARE_VECTORS = MethodTypeDesc.of(MASK, COMPARISON, VECTOR);
    private static final MethodTypeDesc BLEND_VECTORS = MethodTypeDesc.of(FLOAT_VECTOR, VECTOR, MASK);
    private static final MethodTypeDesc BLEND = MethodTypeDesc.of(FLOAT_VECTOR, CD_float, MASK);

    private final CodeBuilder code;
    private final boolean checked;
    private final String species;
    private final int vectorBytes;
    private long flops;

    VectorCode(CodeBuilder code, int lanes, Access access) {
        this.code = code;
        this.species = "SPECIES_" + lanes * Float.SIZE;
        this.vectorBytes = lanes * Float.BYTES;
        this.checked = access == Access.CHECKED;
    }

    /**
     * {@return an instance of a class with one method, defined anew}
     *
     * @param type the interface that it implements, of one method
     * @param method that method's name
     * @param signature that method's parameters, none of them a class
     * @param body writes the method; its parameters are the locals from 1 on
     */
    static <T> T define(
            Class<T> type, String name, String method, MethodTypeDesc signature, Consumer<CodeBuilder> body) {
        byte[] bytes = bytes(type, name, method, signature, body);
        try {
            return type.cast(MethodHandles.lookup()
                    .defineHiddenClass(bytes, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** {@return the bytes of such a class} */
    static byte[] bytes(
            Class<?> type, String name, String method, MethodTypeDesc signature, Consumer<CodeBuilder> body) {
        return ClassFile.of()
                .build(
                        ClassDesc.of(VectorCode.class.getPackageName(), name),
                        builder -> builder.withFlags(AccessFlag.FINAL)
                                .withInterfaceSymbols(type.describeConstable().orElseThrow())
                                .withMethodBody(
                                        INIT_NAME,
                                        MTD_void,
                                        ClassFile.ACC_PUBLIC,
                                        code -> code.aload(0)
                                                .invokespecial(CD_Object, INIT_NAME, MTD_void)
                                                .return_())
                                .withMethodBody(method, signature, ClassFile.ACC_PUBLIC, code -> {
                                    body.accept(code);
                                    code.return_();
                                }));
    }

    /** {@return how many multiplications and additions of an element were written so far} */
    long flops() {
        return flops;
    }

    /** {@return so many new locals for vectors} */
    int[] locals(int count) {
        int[] locals = new int[count];
        for (int i = 0; i < count; i++) {
            locals[i] = code.allocateLocal(TypeKind.REFERENCE);
        }
        return locals;
    }

    /**
     * Products that nobody needs, so many: a kernel computes the same, but the compiler, which inlines so much at once
     * and the rest in a second pass, begins that pass elsewhere. What it leaves slow is a matter of where.
     */
    VectorCode shift(int products) {
        for (int i = 0; i < products; i++) {
            constant(i);
            code.dup();
            multiply();
            code.pop();
        }
        return this;
    }

    /** Masks the address in a local so that the compiler knows its range. */
    VectorCode maskAddress(int local) {
        code.lload(local).ldc(RawAccess.ADDRESS_MASK).land().lstore(local);
        return this;
    }

    /** Masks the distance in a local, likewise: it is below 2^32. */
    VectorCode maskDistance(int local) {
        code.lload(local).ldc(0xFFFFFFFFL).land().lstore(local);
        return this;
    }

    /**
     * Takes a number of bytes, an int that is not negative; the address so many bytes from the masked one in a local.
     * No mask is needed: the compiler knows the range of both.
     */
    VectorCode plusDistance(int local) {
        code.i2l().ldc(0xFFFFFFFFL).land().lload(local).ladd();
        return this;
    }

    /**
     * The same, of a number of bytes that fits an int: the compiler leaves the sum to the processor, whose loads add an
     * index to a base.
     */
    VectorCode plusIndex(int local) {
        code.i2l().ldc(0x7FFFFFFFL).land().lload(local).ladd();
        return this;
    }

    /** Moves the address in a local on by the distance in another. */
    VectorCode advance(int address, int distance) {
        code.lload(address).lload(distance).ladd().lstore(address);
        return maskAddress(address);
    }

    /** The sum of a local and a constant. */
    VectorCode address(int local, long plus) {
        code.lload(local);
        if (plus != 0) {
            code.ldc(plus).ladd();
        }
        return this;
    }

    /** The sum of a local and a constant, where so many bytes are about to be read or written. */
    private void place(int local, long plus, int bytes) {
        address(local, plus);
        if (checked) {
            code.ldc(bytes).invokestatic(CHECKED, "check", CHECK);
        }
    }

    /** The vector at an address. */
    VectorCode load(int local, long plus) {
        code.getstatic(FLOAT_VECTOR, species, SPECIES).getstatic(RAW, "EVERYTHING", SEGMENT);
        place(local, plus, vectorBytes);
        code.getstatic(RAW, "ORDER", BYTE_ORDER).invokestatic(FLOAT_VECTOR, "fromMemorySegment", LOAD);
        return this;
    }

    /** A vector of the float at an address. */
    VectorCode broadcast(int local, long plus) {
        code.getstatic(FLOAT_VECTOR, species, SPECIES)
                .getstatic(RAW, "EVERYTHING", SEGMENT)
                .getstatic(RAW, "FLOAT", FLOAT_LAYOUT);
        place(local, plus, Float.BYTES);
        code.invokeinterface(SEGMENT, "get", GET).invokestatic(FLOAT_VECTOR, "broadcast", BROADCAST);
        return this;
    }

    /** A vector of the float of an array at an index in a local plus a constant. */
    VectorCode broadcastOf(int array, int index, int plus) {
        code.getstatic(FLOAT_VECTOR, species, SPECIES)
                .aload(array)
                .iload(index)
                .ldc(plus)
                .iadd()
                .faload()
                .invokestatic(FLOAT_VECTOR, "broadcast", BROADCAST);
        return this;
    }

    /** A vector of a constant. */
    VectorCode constant(float value) {
        code.getstatic(FLOAT_VECTOR, species, SPECIES).ldc(value).invokestatic(FLOAT_VECTOR, "broadcast", BROADCAST);
        return this;
    }

    /** Takes a vector and stores it at an address. */
    VectorCode store(int local, long plus) {
        code.getstatic(RAW, "EVERYTHING", SEGMENT);
        place(local, plus, vectorBytes);
        code.getstatic(RAW, "ORDER", BYTE_ORDER).invokevirtual(FLOAT_VECTOR, "intoMemorySegment", STORE);
        return this;
    }

    /** Copies the float at one address to another. */
    VectorCode copyFloat(int from, int to) {
        code.getstatic(RAW, "EVERYTHING", SEGMENT).getstatic(RAW, "FLOAT", FLOAT_LAYOUT);
        place(to, 0, Float.BYTES);
        code.getstatic(RAW, "EVERYTHING", SEGMENT).getstatic(RAW, "FLOAT", FLOAT_LAYOUT);
        place(from, 0, Float.BYTES);
        code.invokeinterface(SEGMENT, "get", GET).invokeinterface(SEGMENT, "set", SET);
        return this;
    }

    /**
     * {@return a local with the numbers of the elements that interleaving two vectors takes, those of the second
     * counted on, from one element of each on} Two tables, for there is no operation that interleaves.
     */
    int interleaving(int first) {
        int lanes = vectorBytes / Float.BYTES;
        return numbers(i -> first + i / 2 + i % 2 * lanes);
    }

    private int numbers(IntUnaryOperator number) {
        int lanes = vectorBytes / Float.BYTES;
        code.getstatic(FLOAT_VECTOR, species, SPECIES).ldc(lanes).newarray(TypeKind.FLOAT);
        for (int i = 0; i < lanes; i++) {
            code.dup().ldc(i).ldc((float) number.applyAsInt(i)).fastore();
        }
        int local = code.allocateLocal(TypeKind.REFERENCE);
        code.iconst_0().invokestatic(FLOAT_VECTOR, "fromArray", OF_ARRAY).astore(local);
        return local;
    }

    /** The elements of two vectors, in locals, that the numbers in a local say. */
    VectorCode select(int numbers, int one, int other) {
        code.aload(numbers).aload(one).aload(other).invokevirtual(FLOAT_VECTOR, "selectFrom", SELECT);
        return this;
    }

    /** The product of two locals plus a third. */
    VectorCode multiplyAdd(int one, int other, int sum) {
        flops += 2;
        code.aload(one).aload(other).aload(sum).invokevirtual(FLOAT_VECTOR, "fma", FMA);
        return this;
    }

    /** Takes two vectors; their sum. */
    VectorCode add() {
        flops++;
        code.invokevirtual(FLOAT_VECTOR, "add", BINARY);
        return this;
    }

    /** Takes two vectors; the first less the second. */
    VectorCode subtract() {
        flops++;
        code.invokevirtual(FLOAT_VECTOR, "sub", BINARY);
        return this;
    }

    /** Takes two vectors; their product. */
    VectorCode multiply() {
        flops++;
        code.invokevirtual(FLOAT_VECTOR, "mul", BINARY);
        return this;
    }

    /** A vector of the float in a local. */
    VectorCode broadcastLocal(int local) {
        code.getstatic(FLOAT_VECTOR, species, SPECIES).fload(local).invokestatic(FLOAT_VECTOR, "broadcast", BROADCAST);
        return this;
    }

    /** Of each two elements of two locals the larger; by comparisons, as {@link #rectify}. */
    VectorCode larger(int one, int other) {
        code.aload(one)
                .aload(other)
                .aload(one)
                .getstatic(OPERATORS, "LT", COMPARISON)
                .aload(other)
                .invokevirtual(FLOAT_VECTOR, "compare", COMPARE_VECTORS)
                .invokevirtual(FLOAT_VECTOR, "blend", BLEND_VECTORS);
        return this;
    }

    /** Takes a vector; rectified. By comparisons, for Java's maximum orders zeros and takes five instructions. */
    VectorCode rectify(Rectifier rectifier) {
        switch (rectifier) {
            case NONE -> {}
            case RELU -> clip("LT", 0);
            case RELU6 -> {
                clip("LT", 0);
                clip("GT", 6);
            }
        }
        return this;
    }

    private void clip(String comparison, float bound) {
        code.dup()
                .getstatic(OPERATORS, comparison, COMPARISON)
                .ldc(bound)
                .invokevirtual(FLOAT_VECTOR, "compare", COMPARE);
        // Under the mask lies the vector; between them goes the bound.
        code.ldc(bound).swap().invokevirtual(FLOAT_VECTOR, "blend", BLEND);
    }
}
