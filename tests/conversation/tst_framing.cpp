// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "conversation/framer.h"
#include "support/registertest.h"

#include <QTest>

#include <random>

namespace {

/// Takes all whole messages: their payloads, each with "+" in front if it is a part, "-" if it is none.
QByteArrayList takeAll(Framer &framer)
{
    QByteArrayList messages;
    while (const auto message = framer.next())
        messages.append((message->isSkipped ? "-" : message->isPart ? "+" : "") + message->payload.toByteArray());
    return messages;
}

/// What takeRest() gives: as takeAll(), with "?" behind what is not terminated.
QByteArrayList takeRest(Framer &framer)
{
    QByteArrayList messages;
    while (const auto message = framer.takeRest())
        messages.append((message->isSkipped ? "-"
                         : message->isPart  ? "+"
                                            : "") +
                        message->payload.toByteArray() + (message->isUnterminated ? "?" : ""));
    return messages;
}

Framing framingOf(const char *text)
{
    return Framing::parse(QString::fromLatin1(text)).value();
}

} // namespace

class TestFraming : public QObject
{
    Q_OBJECT

private slots:
    void splitAnywhere_data();
    void splitAnywhere();
    void endOfStream_data();
    void endOfStream();
    void noneTakesWhatOneReadGave();
    void longestMessage();
    void longerIsDeliveredInParts();
    void framingChangesForWhatWaits();
    void framingChangesInParts();
    void endsWithNewline();
    void manyMessagesAreLinear();
    void whatOneReadGaveIsShared();
    void framed_data();
    void framed();
    void refused_data();
    void refused();
    void fieldInTheMessage();
    void count_data();
    void count();
    void restOfMarkedMessages();
    void silenceEndsAMessage();
    void partsOfEveryKind_data();
    void partsOfEveryKind();
    void longLengthIsTold();
    void impossibleLength_data();
    void impossibleLength();
    void messagesComeBack();
};

void TestFraming::splitAnywhere_data()
{
    QTest::addColumn<Framing>("framing");
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArrayList>("messages");

    QTest::newRow("one, NUL") << Framing::Nul << QByteArray("Hi!\0", 4) << QByteArrayList{"Hi!"};
    QTest::newRow("two, NUL") << Framing::Nul << QByteArray("a\0bc\0", 5) << QByteArrayList{"a", "bc"};
    QTest::newRow("empty ones, NUL") << Framing::Nul << QByteArray("\0\0x\0", 4) << QByteArrayList{"", "", "x"};
    QTest::newRow("a newline is text, NUL") << Framing::Nul << QByteArray("a\nb\0", 4) << QByteArrayList{"a\nb"};
    QTest::newRow("two, newline") << Framing::Newline << QByteArray("a\nbc\n") << QByteArrayList{"a", "bc"};
    QTest::newRow("an empty one, newline") << Framing::Newline << QByteArray("\n") << QByteArrayList{""};
    QTest::newRow("a NUL is text, newline")
        << Framing::Newline << QByteArray("a\0b\n", 4) << QByteArrayList{QByteArray("a\0b", 3)};
    QTest::newRow("carriage returns stay") << Framing::Newline << QByteArray("a\r\n") << QByteArrayList{"a\r"};
    QTest::newRow("no terminator") << Framing::Nul << QByteArray("abc") << QByteArrayList{};

    QTest::newRow("two, CR LF") << Framing::CrLf << QByteArray("a\r\nbc\r\n") << QByteArrayList{"a", "bc"};
    QTest::newRow("a lone LF is data") << Framing::CrLf << QByteArray("a\nb\r\n") << QByteArrayList{"a\nb"};
    QTest::newRow("a lone CR is data") << Framing::CrLf << QByteArray("a\r\r\n\r") << QByteArrayList{"a\r"};
    QTest::newRow("a marker") << framingOf("end:03")
                              << QByteArray("a\x03\x03"
                                            "b")
                              << QByteArrayList{"a", ""};
    QTest::newRow("a marker of 5 bytes") << framingOf("end:0d0a2e0d0a") << QByteArray("a\r\n.b\r\n.\r\nc\r\n.\r\n")
                                         << QByteArrayList{"a\r\n.b", "c"};
    QTest::newRow("a marker that begins anew")
        << framingOf("end:616162") << QByteArray("aaab.aab") << QByteArrayList{"a", "."};
    QTest::newRow("two markers") << framingOf("between:02,03") << QByteArray("\2a\3\2\3\2\2b\3\2c")
                                 << QByteArrayList{"a", "", "\2b"};
    QTest::newRow("bytes before a begin marker")
        << framingOf("between:02,03") << QByteArray("xy\3\2a\3z\2b\3?") << QByteArrayList{"-xy\3", "a", "-z", "b"};
    QTest::newRow("a begin marker of 2 bytes")
        << framingOf("between:0202,03") << QByteArray("\2x\2\2a\2\3\2") << QByteArrayList{"-\2x", "a\2"};
    QTest::newRow("the same marker twice")
        << framingOf("between:7e,7e") << QByteArray("~a~~b~") << QByteArrayList{"a", "b"};
    QTest::newRow("a size") << framingOf("fixed:3") << QByteArray("abcdefgh") << QByteArrayList{"abc", "def"};
    QTest::newRow("a byte of length") << framingOf("length:1") << QByteArray("\2ab\0\1c\5d", 8)
                                      << QByteArrayList{"ab", "", "c"};
    QTest::newRow("big-endian") << framingOf("length:2be") << QByteArray("\0\2ab\0\0\0", 7) << QByteArrayList{"ab", ""};
    QTest::newRow("little-endian") << framingOf("length:4le") << QByteArray("\2\0\0\0ab\0", 7) << QByteArrayList{"ab"};
    QTest::newRow("8 bytes") << framingOf("length:8be") << QByteArray("\0\0\0\0\0\0\0\1a", 9) << QByteArrayList{"a"};
    QTest::newRow("the length counts itself")
        << framingOf("length:2be-2") << QByteArray("\0\3a\0\2", 5) << QByteArrayList{"a", ""};
    QTest::newRow("more follows than the length says")
        << framingOf("length:1+2") << QByteArray("\1abc\0de", 7) << QByteArrayList{"abc", "de"};
    QTest::newRow("a length behind the beginning") << framingOf("length:2le@1+1") << QByteArray("T\1\0xyU\0\0z", 9)
                                                   << QByteArrayList{QByteArray("T\1\0xy", 5), QByteArray("U\0\0z", 4)};
}

void TestFraming::splitAnywhere()
{
    QFETCH(const Framing, framing);
    QFETCH(const QByteArray, stream);
    QFETCH(const QByteArrayList, messages);

    for (qsizetype first = 0; first <= stream.size(); ++first) {
        for (qsizetype second = first; second <= stream.size(); ++second) {
            Framer framer(framing);
            QByteArrayList got;
            for (const auto &piece :
                 {stream.first(first), stream.sliced(first, second - first), stream.sliced(second)}) {
                framer.append(piece);
                got += takeAll(framer);
            }
            QCOMPARE(got, messages);
        }
    }
}

void TestFraming::endOfStream_data()
{
    QTest::addColumn<Framing>("framing");
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("rest");

    QTest::newRow("nothing") << Framing::Nul << QByteArray() << QByteArray();
    QTest::newRow("all was terminated") << Framing::Nul << QByteArray("a\0", 2) << QByteArray();
    QTest::newRow("no terminator at all") << Framing::Nul << QByteArray("hello\n") << QByteArray("hello\n");
    QTest::newRow("after a whole one") << Framing::Newline << QByteArray("a\nrest") << QByteArray("rest");
    QTest::newRow("half a terminator") << Framing::CrLf << QByteArray("a\r\nb\r") << QByteArray("b\r");
    QTest::newRow("half a size") << framingOf("fixed:3") << QByteArray("abcde") << QByteArray("de");
    QTest::newRow("half a length") << framingOf("length:2be") << QByteArray("\0", 1) << QByteArray("\0", 1);
}

void TestFraming::endOfStream()
{
    QFETCH(const Framing, framing);
    QFETCH(const QByteArray, stream);
    QFETCH(const QByteArray, rest);

    Framer framer(framing);
    framer.append(stream);
    takeAll(framer);
    QCOMPARE(framer.bufferedBytes(), rest.size());
    const auto message = framer.takeRest();
    QCOMPARE(message.has_value(), !rest.isEmpty());
    if (message) {
        QCOMPARE(message->payload, rest);
        QCOMPARE(message->bytes, rest.size());
        QVERIFY(message->isUnterminated);
    }
    QVERIFY(!framer.takeRest());
}

void TestFraming::noneTakesWhatOneReadGave()
{
    Framer framer(Framing::None);
    framer.append(QByteArray("a\0b\n", 4));
    const auto message = framer.next();
    QVERIFY(message);
    QCOMPARE(message->payload, QByteArray("a\0b\n", 4));
    QCOMPARE(message->bytes, 4);
    QVERIFY(!message->isUnterminated);
    QVERIFY(!framer.next());
}

void TestFraming::longestMessage()
{
    Framer framer;
    const QByteArray message(Framer::messageLimit, 'x');
    framer.append(message);
    QVERIFY(!framer.next());
    framer.append(QByteArray("\0", 1));
    const auto got = framer.next();
    QVERIFY(got);
    QVERIFY(got->payload == message);
    QCOMPARE(got->bytes, Framer::messageLimit + 1);
    QVERIFY(!got->isPart);
}

void TestFraming::longerIsDeliveredInParts()
{
    Framer framer(Framing::Nul, 4);
    framer.append(QByteArray("abcdefghij\0kl\0", 14));
    const auto first = framer.next();
    QVERIFY(first && first->isPart && first->isFirst && !first->isLast);
    QCOMPARE(first->payload, "abcd");
    QCOMPARE(first->bytes, 4);
    const auto second = framer.next();
    QVERIFY(second && second->isPart && !second->isFirst && !second->isLast);
    QCOMPARE(second->payload, "efgh");
    const auto third = framer.next();
    QVERIFY(third && third->isPart && !third->isFirst && third->isLast);
    QCOMPARE(third->payload, "ij");
    const auto whole = framer.next();
    QVERIFY(whole && !whole->isPart && whole->isFirst && whole->isLast);
    QCOMPARE(whole->payload, "kl");

    framer.append("mnopq");
    QCOMPARE(takeAll(framer), QByteArrayList{"+mnop"});
    const auto rest = framer.takeRest();
    QVERIFY(rest && rest->isPart && rest->isLast && rest->isUnterminated);
}

void TestFraming::framingChangesForWhatWaits()
{
    Framer framer(Framing::Nul);
    framer.append("one\ntwo\nthr");
    QVERIFY(!framer.next());
    framer.setFraming(Framing::Newline);
    QCOMPARE(takeAll(framer), (QByteArrayList{"one", "two"}));
    QCOMPARE(framer.bufferedBytes(), 3);
}

/// The bytes that wait of a message in parts become its last part; the next message is no part.
void TestFraming::framingChangesInParts()
{
    Framer framer(Framing::Nul, 4);
    framer.append("abcdef");
    QCOMPARE(takeAll(framer), QByteArrayList{"+abcd"});
    framer.setFraming(Framing::None);
    QCOMPARE(takeAll(framer), QByteArrayList{"+ef"});
    framer.setFraming(Framing::Nul);
    framer.append(QByteArray("gh\0", 3));
    QCOMPARE(takeAll(framer), QByteArrayList{"gh"});
}

void TestFraming::endsWithNewline()
{
    Framer framer(Framing::Newline);
    QVERIFY(!framer.endsWithNewline());
    framer.append("taken\n");
    QCOMPARE(takeAll(framer), QByteArrayList{"taken"});
    QVERIFY(!framer.endsWithNewline());
    framer.setFraming(Framing::Nul);
    framer.append("waits\n");
    QVERIFY(framer.endsWithNewline());
    framer.append("!");
    QVERIFY(!framer.endsWithNewline());
}

void TestFraming::manyMessagesAreLinear()
{
    Framer framer(Framing::Newline);
    constexpr int count = 200'000; // a second or so if linear, hours if not
    QByteArray stream;
    for (int i = 0; i < count; ++i)
        stream += QByteArray::number(i) + '\n';
    qsizetype taken = 0;
    for (qsizetype at = 0; at < stream.size(); at += 1000) {
        framer.append(stream.sliced(at, qMin<qsizetype>(1000, stream.size() - at)));
        taken += takeAll(framer).size();
    }
    QCOMPARE(taken, count);
}

void TestFraming::whatOneReadGaveIsShared()
{
    Framer framer(Framing::None);
    const QByteArray read(512 * 1024, 'x');
    for (int i = 0; i < 2; ++i) {
        framer.append(read);
        const auto message = framer.next();
        QVERIFY(message);
        QCOMPARE(message->payload.size(), read.size());
        QCOMPARE(static_cast<const void *>(message->payload.data()), static_cast<const void *>(read.constData()));
        QVERIFY(!framer.next());
    }
    // A small read is copied, since it may occupy a large block of memory. So is a read that follows buffered bytes.
    const QByteArray few("few");
    framer.append(few);
    const auto copied = framer.next();
    QVERIFY(copied && copied->payload == few);
    QVERIFY(copied->payload.data() != few.constData());
    framer.setFraming(Framing::Nul);
    framer.append("begins, ");
    framer.append(read);
    framer.append(QByteArray("\0", 1));
    const auto whole = framer.next();
    QVERIFY(whole);
    QVERIFY(whole->payload == "begins, " + read);
}

void TestFraming::framed_data()
{
    QTest::addColumn<Framing>("framing");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("wire");

    QTest::newRow("NUL") << Framing::Nul << QByteArray("Hi") << QByteArray("Hi\0", 3);
    QTest::newRow("empty, newline") << Framing::Newline << QByteArray() << QByteArray("\n");
    QTest::newRow("nothing") << Framing::None << QByteArray("Hi") << QByteArray("Hi");
    QTest::newRow("CR LF") << Framing::CrLf << QByteArray("Hi") << QByteArray("Hi\r\n");
    QTest::newRow("markers") << framingOf("between:02,0304") << QByteArray("Hi") << QByteArray("\2Hi\3\4");
    QTest::newRow("size") << framingOf("fixed:2") << QByteArray("Hi") << QByteArray("Hi");
    QTest::newRow("silence") << framingOf("silence:20") << QByteArray("Hi") << QByteArray("Hi");
    QTest::newRow("length") << framingOf("length:2be") << QByteArray("Hi") << QByteArray("\0\2Hi", 4);
    QTest::newRow("length that counts itself")
        << framingOf("length:4le-4") << QByteArray("Hi") << QByteArray("\6\0\0\0Hi", 6);
    QTest::newRow("the longest of a byte")
        << framingOf("length:1") << QByteArray(255, 'x') << "\xff" + QByteArray(255, 'x');
}

void TestFraming::framed()
{
    QFETCH(const Framing, framing);
    QFETCH(const QByteArray, message);
    QFETCH(const QByteArray, wire);
    QCOMPARE(Framer::framed(message, framing), wire);
    QCOMPARE(Framer::refusal(message, framing), QString());
    const auto split = Framer::split(wire, framing);
    QCOMPARE(split.size(), 1);
    QCOMPARE(wire.sliced(split.constFirst().at, split.constFirst().size), message);
    QCOMPARE(split.constFirst().bytes, wire.size());
}

void TestFraming::refused_data()
{
    QTest::addColumn<Framing>("framing");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("why");

    QTest::newRow("another size") << framingOf("fixed:2") << QByteArray("a")
                                  << "The message has 1 byte, and every message has to have 2 bytes.";
    QTest::newRow("too long for a byte")
        << framingOf("length:1") << QByteArray(256, 'x')
        << "The message has 256 bytes: its length prefix would have to be 256, and can be 255 at most.";
    QTest::newRow("too short for what is added") << framingOf("length:1+3") << QByteArray("ab")
                                                 << "The message has 2 bytes: its length prefix would have to be -1.";
    QTest::newRow("no length field in it")
        << framingOf("length:2be@3") << QByteArray("abcd")
        << "The message has 4 bytes, and is too short for its length field, which ends after 5 bytes.";
    QTest::newRow("nothing to send") << Framing::None << QByteArray()
                                     << "An empty message without a terminator has no bytes to send.";
    QTest::newRow("bytes behind the end marker")
        << framingOf("between:02,03") << QByteArray("a\3b")
        << "The peer would find the end marker 03 too early, and bytes that belong to no message behind it.";
    QTest::newRow("the marker overlaps itself")
        << framingOf("end:616261") << QByteArray("ab")
        << "The peer would find the end marker 616261 too early, and bytes that belong to no message behind it.";
}

void TestFraming::refused()
{
    QFETCH(const Framing, framing);
    QFETCH(const QByteArray, message);
    QTEST(Framer::refusal(message, framing), "why");
    QCOMPARE(Framer::count(message, framing), 0);
}

/// A length field that is not at the beginning is part of the message, and gets the right value.
void TestFraming::fieldInTheMessage()
{
    const Framing framing = framingOf("length:2be@1-1");
    QCOMPARE(Framer::framed("T??abc", framing), QByteArray("T\0\4abc", 6));
    QCOMPARE(Framer::refusal("T??", framing), QString());
    Framer framer(framing);
    framer.append(Framer::framed("T??abc", framing));
    QCOMPARE(takeAll(framer), (QByteArrayList{QByteArray("T\0\4abc", 6)}));
}

void TestFraming::count_data()
{
    QTest::addColumn<Framing>("framing");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArrayList>("messages");

    QTest::newRow("one") << Framing::Newline << QByteArray("a") << QByteArrayList{"a"};
    QTest::newRow("newlines") << Framing::Newline << QByteArray("a\n\nb") << QByteArrayList{"a", "", "b"};
    QTest::newRow("a newline at the end") << Framing::Newline << QByteArray("a\n") << QByteArrayList{"a", ""};
    QTest::newRow("NUL") << Framing::Nul << QByteArray("a\0b", 3) << QByteArrayList{"a", "b"};
    QTest::newRow("CR LF, not LF") << Framing::CrLf << QByteArray("a\nb\r\nc") << QByteArrayList{"a\nb", "c"};
    QTest::newRow("CR at the end") << Framing::CrLf << QByteArray("a\r") << QByteArrayList{"a\r"};
    QTest::newRow("markers") << framingOf("between:02,03") << QByteArray("a\3\2b") << QByteArrayList{"a", "b"};
    QTest::newRow("one read") << Framing::None << QByteArray("a\nb") << QByteArrayList{"a\nb"};
    QTest::newRow("a length") << framingOf("length:1") << QByteArray("\1a") << QByteArrayList{"\1a"};
}

void TestFraming::count()
{
    QFETCH(const Framing, framing);
    QFETCH(const QByteArray, message);
    QFETCH(const QByteArrayList, messages);
    const QByteArray wire = Framer::framed(message, framing);
    QByteArrayList split;
    qsizetype bytes = 0;
    for (const Framer::SentMessage &sent : Framer::split(wire, framing)) {
        split.append(wire.sliced(sent.at, sent.size));
        bytes += sent.bytes;
    }
    QCOMPARE(split, messages);
    QCOMPARE(bytes, wire.size());
    QCOMPARE(Framer::count(message, framing), messages.size());
    Framer peer(framing);
    peer.append(wire);
    QCOMPARE(takeAll(peer), messages);
}

void TestFraming::restOfMarkedMessages()
{
    Framer framer(framingOf("between:0202,03"));
    framer.append("\2\2ab");
    QCOMPARE(takeAll(framer), QByteArrayList());
    QCOMPARE(takeRest(framer), QByteArrayList{"ab?"});
    framer.append("x\2");
    QCOMPARE(takeAll(framer), QByteArrayList());
    QCOMPARE(takeRest(framer), QByteArrayList{"-x\2"});

    Framer prefixed(framingOf("length:2be"));
    prefixed.append(QByteArray("\0\5abc", 5));
    QCOMPARE(takeAll(prefixed), QByteArrayList());
    QCOMPARE(takeRest(prefixed), QByteArrayList{"abc?"});
    prefixed.append(QByteArray("\0\1d", 3)); // the next message has a prefix again
    QCOMPARE(takeAll(prefixed), QByteArrayList{"d"});
}

void TestFraming::silenceEndsAMessage()
{
    Framer framer(framingOf("silence:20"), 4);
    framer.append("ab");
    framer.append("c");
    QCOMPARE(takeAll(framer), QByteArrayList());
    QCOMPARE(takeRest(framer), QByteArrayList{"abc"});
    framer.append("defghi");
    QCOMPARE(takeAll(framer), QByteArrayList{"+defg"});
    QCOMPARE(takeRest(framer), QByteArrayList{"+hi"});
}

void TestFraming::partsOfEveryKind_data()
{
    QTest::addColumn<Framing>("framing");
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArrayList>("messages");

    QTest::newRow("CR LF") << Framing::CrLf << QByteArray("abcdefghij\r\nkl\r\n")
                           << QByteArrayList{"+abcd", "+efgh", "+ij", "kl"};
    QTest::newRow("CR LF right behind the limit") << Framing::CrLf << QByteArray("abcd\r\n") << QByteArrayList{"abcd"};
    QTest::newRow("CR behind the limit") << Framing::CrLf << QByteArray("abcd\r.\r\n")
                                         << QByteArrayList{"+abcd", "+\r."};
    QTest::newRow("markers") << framingOf("between:02,03") << QByteArray("\2abcd\2fghij\3\2kl\3")
                             << QByteArrayList{"+abcd", "+\2fgh", "+ij", "kl"};
    QTest::newRow("no begin marker") << framingOf("between:02,03") << QByteArray("abcdefg\2h\3")
                                     << QByteArrayList{"-abcd", "-efg", "h"};
    QTest::newRow("a size") << framingOf("fixed:6") << QByteArray("abcdefghij")
                            << QByteArrayList{"+abcd", "+ef", "+ghij"};
    QTest::newRow("a length") << framingOf("length:1") << QByteArray("\5abcde\1f\4ghij")
                              << QByteArrayList{"+abcd", "+e", "f", "ghij"};
    QTest::newRow("a length in the message")
        << framingOf("length:1@1") << QByteArray("T\4abcdT\1f") << QByteArrayList{"+T\4ab", "+cd", "T\1f"};
}

/// The limit is 4 bytes here; the parts do not depend on how the stream is cut.
void TestFraming::partsOfEveryKind()
{
    QFETCH(const Framing, framing);
    QFETCH(const QByteArray, stream);
    QFETCH(const QByteArrayList, messages);
    for (qsizetype piece = 1; piece <= stream.size(); ++piece) {
        Framer framer(framing, 4);
        QByteArrayList got;
        qint64 bytes = 0;
        for (qsizetype at = 0; at < stream.size(); at += piece) {
            framer.append(stream.sliced(at, qMin(piece, stream.size() - at)));
            while (const auto message = framer.next()) {
                got.append((message->isSkipped ? "-" : message->isPart ? "+" : "") + message->payload.toByteArray());
                bytes += message->bytes;
            }
            QVERIFY(framer.bufferedBytes() <= 4 + 2);
        }
        QCOMPARE(bytes + framer.bufferedBytes(), stream.size());
        if (piece == 1 || got != messages)
            QCOMPARE(got, messages);
    }
}

void TestFraming::longLengthIsTold()
{
    Framer framer(framingOf("length:4be"));
    framer.append("GET ");
    QVERIFY(!framer.next());
    const auto odd = framer.takeOddLength();
    QVERIFY(odd && !odd->isImpossible);
    QCOMPARE(odd->length, 0x47455420U);
    QCOMPARE(odd->bytes, 0x47455420);
    QVERIFY(!framer.takeOddLength());
    framer.append(QByteArray(Framer::messageLimit, 'x'));
    const auto part = framer.next();
    QVERIFY(part && part->isPart && part->isFirst && !part->isLast);
    QCOMPARE(part->bytes, Framer::messageLimit + 4);
    QVERIFY(!framer.takeOddLength());

    Framer exact(framingOf("length:4be"));
    exact.append(QByteArray("\1\0\0\0", 4));
    QVERIFY(!exact.next());
    QVERIFY(!exact.takeOddLength()); // 16 MiB are allowed
}

void TestFraming::impossibleLength_data()
{
    QTest::addColumn<Framing>("framing");
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<quint64>("length");

    QTest::newRow("shorter than itself") << framingOf("length:2be-2") << QByteArray("\0\1abc", 5) << quint64(1);
    QTest::newRow("the highest number") << framingOf("length:8be") << QByteArray(8, '\xff') + "abc" << ~quint64(0);
    QTest::newRow("the highest number, and more")
        << framingOf("length:8le+9") << QByteArray(8, '\xff') + "abc" << ~quint64(0);
}

void TestFraming::impossibleLength()
{
    QFETCH(const Framing, framing);
    QFETCH(const QByteArray, stream);
    Framer framer(framing);
    framer.append(stream);
    const auto message = framer.next();
    QVERIFY(message);
    QCOMPARE(message->payload, stream);
    const auto odd = framer.takeOddLength();
    QVERIFY(odd && odd->isImpossible);
    QTEST(odd->length, "length");
    QVERIFY(framer.framing() == Framing::None);
}

/// Whatever framed() makes of messages, a framer gives them back.
void TestFraming::messagesComeBack()
{
    std::mt19937 random(20261128);
    const auto upTo = [&random](int most) { return std::uniform_int_distribution(0, most)(random); };
    const auto bytes = [&](int size) {
        QByteArray made;
        for (int i = 0; i < size; ++i)
            made.append(char(upTo(2)));
        return made;
    };
    for (int run = 0; run < 20'000; ++run) {
        Framing framing;
        switch (upTo(4)) {
        case 0:
            framing = Framing::endedBy(bytes(1 + upTo(3)));
            break;
        case 1:
            framing = Framing::between(bytes(1 + upTo(2)), bytes(1 + upTo(2)));
            break;
        case 2:
            framing = Framing::fixedSize(1 + upTo(5));
            break;
        case 3:
            framing = Framing::lengthPrefix({.offset = upTo(2),
                                             .adds = upTo(6) - 3,
                                             .width = quint8(1 << upTo(3)),
                                             .isLittleEndian = upTo(1) == 1});
            break;
        default:
            framing = Framing::CrLf;
        }
        QByteArrayList sent;
        QByteArray stream;
        for (int i = upTo(4); i >= 0; --i) {
            const QByteArray message = bytes(upTo(12));
            if (!Framer::refusal(message, framing).isEmpty())
                continue;
            const QByteArray wire = Framer::framed(message, framing);
            const auto split = Framer::split(wire, framing);
            for (const Framer::SentMessage &part : split)
                sent.append(wire.sliced(part.at, part.size));
            stream += wire;
        }
        Framer framer(framing);
        QByteArrayList got;
        while (!stream.isEmpty()) {
            const qsizetype piece = qMin<qsizetype>(1 + upTo(9), stream.size());
            framer.append(stream.first(piece));
            stream.remove(0, piece);
            got += takeAll(framer);
        }
        QVERIFY2(got == sent, framing.text());
        QCOMPARE(framer.bufferedBytes(), 0);
    }
}

REGISTER_TEST(TestFraming)
#include "tst_framing.moc"
