// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steps/steptext.h"
#include "support/registertest.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

class TestStepText : public QObject
{
    Q_OBJECT

private slots:
    void escaped_data();
    void escaped();
    void escapedRanges();
    void manyEscapes();
    void stepLine_data();
    void stepLine();
    void markedLine();
    void eventLine_data();
    void eventLine();
    void everyEventSpeaks();
    void hostileEventLine();
    void clock();
    void size_data();
    void size();
    void sizeExplained_data();
    void sizeExplained();
    void words();
};

void TestStepText::escaped_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("maxCharacters");
    QTest::addColumn<QString>("expected");

    const auto row = [](const char *name, const QByteArray &bytes, const QString &expected, int maxCharacters = -1) {
        QTest::newRow(name) << bytes << maxCharacters << expected;
    };
    row("nothing", "", u""_s);
    row("ASCII", "Hi, server! I'm client.", u"Hi, server! I'm client."_s);
    row("backslash stays", "C:\\new\\x1b", u"C:\\new\\x1b"_s);
    row("Chinese", "你好", u"你好"_s);
    row("emoji", "a😀b", u"a😀b"_s);
    row("private use", "\uE000", u"\uE000"_s);
    row("newline, return, tab", "a\nb\rc\td", u"a\\nb\\rc\\td"_s);
    row("NUL", QByteArray("a\0b", 3), u"a\\x00b"_s);
    row("ANSI colour", "\x1b[31mred", u"\\x1b[31mred"_s);
    row("DEL", "a\x7f", u"a\\x7f"_s);
    row("first and last of C1", "\u0080\u009f", u"\\u0080\\u009f"_s);
    row("no-break space is printable", "\u00a0", u"\u00a0"_s);
    row("line and paragraph separator", "\u2028\u2029", u"\\u2028\\u2029"_s);
    row("Arabic letter mark", "\u061c", u"\\u061c"_s);
    row("bidi marks", "\u200e\u200f", u"\\u200e\\u200f"_s);
    row("bidi embeddings and overrides", "\u202a\u202b\u202c\u202d\u202e", u"\\u202a\\u202b\\u202c\\u202d\\u202e"_s);
    row("bidi isolates", "\u2066\u2067\u2068\u2069", u"\\u2066\\u2067\\u2068\\u2069"_s);
    row("zero width", "\u200b\u200c\u200d\u2060", u"\\u200b\\u200c\\u200d\\u2060"_s);
    row("byte order mark first", "\ufeffa", u"\\ufeffa"_s);
    row("byte order mark later", "a\ufeff", u"a\\ufeff"_s);
    row("soft hyphen", "\u00ad", u"\\u00ad"_s);
    row("combining grapheme joiner", "\u034f", u"\\u034f"_s);
    row("Hangul fillers", "\u115f\u1160\u3164\uffa0", u"\\u115f\\u1160\\u3164\\uffa0"_s);
    row("Khmer vowels that are not seen", "\u17b4\u17b5", u"\\u17b4\\u17b5"_s);
    row("Mongolian selectors", "\u180b\u180e\u180f", u"\\u180b\\u180e\\u180f"_s);
    row("variation selectors", "\ufe00\ufe0f", u"\\ufe00\\ufe0f"_s);
    row("more variation selectors", "\U000e0100\U000e01ef", u"\\U000e0100\\U000e01ef"_s);
    row("tags", "\U000e0001\U000e007f", u"\\U000e0001\\U000e007f"_s);
    row("noncharacters", "\ufdd0\uffff\U0001fffe", u"\\ufdd0\\uffff\\U0001fffe"_s);
    row("a lone byte", "a\xff z", u"a\\xff z"_s);
    row("continuation without a lead", "\x85", u"\\x85"_s);
    row("a character that is cut", "a\xe4\xbd", u"a\\xe4\\xbd"_s);
    row("a lead and something else", "\xe4\x61", u"\\xe4a"_s);
    row("overlong slash", "\xc0\xaf", u"\\xc0\\xaf"_s);
    row("overlong in three bytes", "\xe0\x80\xaf", u"\\xe0\\x80\\xaf"_s);
    row("overlong in three bytes, just", "\xe0\x9f\xbf", u"\\xe0\\x9f\\xbf"_s);
    row("overlong in four bytes", "\xf0\x80\x80\xaf", u"\\xf0\\x80\\x80\\xaf"_s);
    row("a surrogate in UTF-8", "\xed\xa0\x80", u"\\xed\\xa0\\x80"_s);
    row("over the last code point", "\xf4\x90\x80\x80", u"\\xf4\\x90\\x80\\x80"_s);
    row("the last private character", "\xf4\x8f\xbf\xbd", u"\U0010fffd"_s);
    row("cut", "abcdef", u"abc…"_s, 3);
    row("not cut: as long as allowed", "abc", u"abc"_s, 3);
    row("cut to nothing", "abc", u"…"_s, 0);
    row("cut behind an emoji", "a😀b", u"a😀…"_s, 2);
    row("cut before an emoji", "a😀b", u"a…"_s, 1);
    row("an escape is one character", "\n\n\n", u"\\n\\n…"_s, 2);
}

void TestStepText::escaped()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, maxCharacters);
    QFETCH(const QString, expected);
    QCOMPARE(StepText::escaped(bytes, maxCharacters).text, expected);
}

void TestStepText::escapedRanges()
{
    const StepText::Escaped escaped = StepText::escaped("\\n\n😀\x1b\xff!");
    QCOMPARE(escaped.text, u"\\n\\n😀\\x1b\\xff!"_s);
    QCOMPARE(escaped.escapes.size(), 2);
    QCOMPARE(escaped.escapes[0].start, 2);
    QCOMPARE(escaped.escapes[0].length, 2);
    QCOMPARE(escaped.escapes[1].start, 6);
    QCOMPARE(escaped.escapes[1].length, 8);
}

void TestStepText::manyEscapes()
{
    const QByteArray hostile = QByteArray("\x1b").repeated(4 * 1024 * 1024);
    QCOMPARE(StepText::escaped(hostile).text.size(), 16 * 1024 * 1024);
    QCOMPARE(StepText::escaped(hostile, 200).text.size(), 801);
}

void TestStepText::stepLine_data()
{
    QTest::addColumn<Step>("step");
    QTest::addColumn<int>("maxCharacters");
    QTest::addColumn<QString>("expected");

    const auto step = [](StepKind kind, int number, const QByteArray &payload = {}) {
        Step result;
        result.kind = kind;
        result.number = number;
        result.payload = payload;
        result.size = payload.size();
        return result;
    };
    QTest::newRow("send") << step(StepKind::Send, 1, "Hi, server! I'm client.") << -1
                          << u"[1] Send: Hi, server! I'm client."_s;
    QTest::newRow("recv") << step(StepKind::Recv, 4, "Hi, client!") << -1 << u"[4] Recv: Hi, client!"_s;
    QTest::newRow("close") << step(StepKind::Close, 5) << -1 << u"[5] Close Socket"_s;
    QTest::newRow("reset") << step(StepKind::Reset, 5) << -1 << u"[5] Reset Socket"_s;
    QTest::newRow("empty message") << step(StepKind::Send, 1) << -1 << u"[1] Send: "_s;
    QTest::newRow("a forged line") << step(StepKind::Recv, 2, "x\n[3] Close Socket") << -1
                                   << u"[2] Recv: x\\n[3] Close Socket"_s;
    QTest::newRow("cut for the log") << step(StepKind::Recv, 2, "abcdef") << 3 << u"[2] Recv: abc…"_s;
    Step cut = step(StepKind::Recv, 2, "ab\xe4\xbd");
    cut.size = 100;
    QTest::newRow("cut by what is kept, in a character") << cut << -1 << u"[2] Recv: ab…"_s;
    QTest::newRow("cut by both") << cut << 1 << u"[2] Recv: a…"_s;
    QTest::newRow("cut by what is kept, exactly as long as shown") << cut << 2 << u"[2] Recv: ab…"_s;
}

void TestStepText::stepLine()
{
    QFETCH(const Step, step);
    QFETCH(const int, maxCharacters);
    QTEST(StepText::line(step, maxCharacters), "expected");
}

void TestStepText::markedLine()
{
    Step step;
    step.kind = StepKind::Recv;
    step.number = 12;
    step.payload = "a\n";
    step.size = 2;
    const StepText::Escaped line = StepText::markedLine(step);
    QCOMPARE(line.text, u"[12] Recv: a\\n"_s);
    QCOMPARE(line.escapes.size(), 1);
    QCOMPARE(line.text.sliced(line.escapes[0].start, line.escapes[0].length), u"\\n"_s);
}

void TestStepText::eventLine_data()
{
    QTest::addColumn<StepKind>("kind");
    QTest::addColumn<Side>("side");
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("expected");

    const auto row = [](const char *name, StepKind kind, const QString &expected, qint64 bytes = -1,
                        Side side = Side::Server) { QTest::newRow(name) << kind << side << bytes << expected; };
    row("listening", StepKind::Listening, u"Listening on 127.0.0.1:8700"_s);
    row("accepted", StepKind::Connected, u"Accepted 127.0.0.1:51964"_s);
    row("connecting", StepKind::Connecting, u"Connecting to 127.0.0.1:51964"_s, -1, Side::Client);
    row("connected", StepKind::Connected, u"Connected to 127.0.0.1:51964 from 127.0.0.1:8700"_s, -1, Side::Client);
    row("FIN received", StepKind::PeerFinished,
        u"FIN received: the peer sends no more. TCP does not say whether it still receives; only a reply will show."_s);
    row("finished sending", StepKind::FinishedSending, u"Finished sending: FIN sent, this end still receives"_s);
    row("finished sending, and FIN waits", StepKind::FinishedSending,
        u"Finished sending: FIN follows the remaining data; this end still receives"_s, 12);
    row("finished sending, and FIN waits for the peer's window", StepKind::FinishedSending,
        u"Finished sending: FIN follows the remaining data; this end still receives"_s, 0);
    row("FIN sent", StepKind::FinSent, u"FIN sent: all data before it has been sent"_s);
    row("closing", StepKind::Closing, u"Closing when the last 12 bytes have been sent"_s, 12);
    row("closing, one byte", StepKind::Closing, u"Closing when the last byte has been sent"_s, 1);
    row("reset by the peer", StepKind::ResetByPeer, u"Reset by the peer"_s);
    row("not acknowledged", StepKind::Undelivered, u"12 bytes not acknowledged by the peer"_s, 12);
    row("not acknowledged, one byte", StepKind::Undelivered, u"1 byte not acknowledged by the peer"_s, 1);
    row("unread", StepKind::Unread, u"Sent RST, not FIN: 3 received bytes were unread"_s, 3);
    row("unread, one byte", StepKind::Unread, u"Sent RST, not FIN: 1 received byte was unread"_s, 1);
    row("partial", StepKind::Partial, u"6 bytes wait for a NUL"_s, 6);
    row("partial, one byte", StepKind::Partial, u"1 byte waits for a NUL"_s, 1);
    row("stopped reading", StepKind::ReadingStopped, u"Stopped reading: what the peer sends stays in the kernel"_s);
    row("reading again", StepKind::ReadingAgain, u"Reading again: 64 bytes waited in the kernel"_s, 64);
    row("reading again, one byte", StepKind::ReadingAgain, u"Reading again: 1 byte waited in the kernel"_s, 1);
    row("stopped", StepKind::Stopped, u"Stopped listening on 127.0.0.1:8700"_s);
}

void TestStepText::eventLine()
{
    QFETCH(const StepKind, kind);
    QFETCH(const Side, side);
    QFETCH(const qint64, bytes);
    QFETCH(const QString, expected);
    Step step;
    step.kind = kind;
    step.side = side;
    step.bytes = bytes;
    step.local = u"127.0.0.1:8700"_s;
    step.peer = u"127.0.0.1:51964"_s;
    QCOMPARE(StepText::line(step), expected);
    step.detail = u"A sentence of its own"_s;
    QCOMPARE(StepText::line(step), step.detail);
}

void TestStepText::everyEventSpeaks()
{
    QSet<QString> sentences;
    for (int kind = int(StepKind::Listening); kind <= int(StepKind::Stopped); ++kind) {
        Step step;
        step.kind = StepKind(kind);
        QVERIFY(step.isEvent());
        const QString line = StepText::line(step);
        QVERIFY2(!line.isEmpty() && !sentences.contains(line), qPrintable(line));
        sentences.insert(line);
    }
}

void TestStepText::hostileEventLine()
{
    Step step;
    step.kind = StepKind::Partial;
    step.bytes = 6;
    step.framing = Framing::Newline;
    QCOMPARE(StepText::line(step), u"6 bytes wait for a newline"_s);
    step.detail = u"x\n[2] Recv: \u202eforged"_s;
    QCOMPARE(StepText::line(step), u"x\\n[2] Recv: \\u202eforged"_s);
    QCOMPARE(StepText::line(step, 1), u"x…"_s);
    step.detail.clear();
    step.kind = StepKind::TurnedAway;
    step.peer = u"%1\x1b"_s;
    QCOMPARE(StepText::line(step), u"Turned away %1\\x1b: its address is not allowed"_s);
}

void TestStepText::clock()
{
    const QDateTime time(QDate(2026, 11, 22), QTime(12, 54, 5, 871));
    QCOMPARE(StepText::clock({time.toMSecsSinceEpoch() * 1000 + 752, 0}), u"12:54:05.871752"_s);
    QCOMPARE(StepText::clock({time.toMSecsSinceEpoch() * 1000 + 7, 0}), u"12:54:05.871007"_s);
}

void TestStepText::size_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("expected");
    QTest::newRow("does not apply") << qint64(-1) << QString();
    QTest::newRow("none") << qint64(0) << u"0 B"_s;
    QTest::newRow("the original's message") << qint64(24) << u"24 B"_s;
    QTest::newRow("just under a KiB") << qint64(1023) << u"1023 B"_s;
    QTest::newRow("a KiB") << qint64(1024) << u"1 KiB"_s;
    QTest::newRow("one and a half") << qint64(1536) << u"1.5 KiB"_s;
    QTest::newRow("rounds up to a MiB") << qint64(1024 * 1024 - 1) << u"1 MiB"_s;
    QTest::newRow("16 MiB") << qint64(16 * 1024 * 1024) << u"16 MiB"_s;
    QTest::newRow("over every unit") << (qint64(5) << 60) << u"5242880 TiB"_s;
}

void TestStepText::size()
{
    QFETCH(const qint64, bytes);
    QTEST(StepText::size(bytes), "expected");
}

void TestStepText::sizeExplained_data()
{
    QTest::addColumn<Step>("step");
    QTest::addColumn<QString>("expected");

    const auto message = [](qint64 bytes, qint64 messageSize, Framing framing) {
        Step step;
        step.kind = StepKind::Recv;
        step.bytes = bytes;
        step.size = messageSize;
        step.framing = framing;
        return step;
    };
    QTest::newRow("NUL") << message(24, 23, Framing::Nul) << u"23 + NUL"_s;
    QTest::newRow("newline") << message(24, 23, Framing::Newline) << u"23 + newline"_s;
    QTest::newRow("no framing") << message(24, 24, Framing::None) << u"24"_s;
    Step unterminated = message(6, 6, Framing::Nul);
    unterminated.unterminated = true;
    QTest::newRow("unterminated") << unterminated << u"6, unterminated"_s;
    Step part = message(16 * 1024 * 1024, 16 * 1024 * 1024, Framing::Nul);
    part.part = true;
    QTest::newRow("a part") << part << u"16 MiB, a part"_s;
    Step event;
    event.kind = StepKind::Undelivered;
    event.bytes = 12;
    QTest::newRow("an event with bytes") << event << u"12 bytes"_s;
    QTest::newRow("an event without") << Step() << QString();
}

void TestStepText::sizeExplained()
{
    QFETCH(const Step, step);
    QTEST(StepText::sizeExplained(step), "expected");
}

void TestStepText::words()
{
    for (int i = 0; i <= int(StepKind::Stopped); ++i) {
        StepKind kind = StepKind::Error;
        QVERIFY(StepText::fromWord(QString(StepText::word(StepKind(i))), kind));
        QCOMPARE(int(kind), i);
    }
    StepKind kind = StepKind::Send;
    QVERIFY(!StepText::fromWord(u"sent", kind));
    QCOMPARE(kind, StepKind::Send);
    QCOMPARE(StepText::word(StepKind::Reset), "reset"_L1);
    QCOMPARE(StepText::word(StepKind::Listening), "listening"_L1);
    QCOMPARE(StepText::word(StepKind::Unread), "unread"_L1);
    QCOMPARE(StepText::word(StepKind::Stopped), "stopped"_L1);

    QCOMPARE(StepText::word(Side::Server), "server"_L1);
    QCOMPARE(StepText::word(Side::Client), "client"_L1);
}

REGISTER_TEST(TestStepText)
#include "tst_steptext.moc"
