// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steps/stepjson.h"
#include "support/registertest.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

class TestStepJson : public QObject
{
    Q_OBJECT

private slots:
    void fieldOrder();
    void roundTrip_data();
    void roundTrip();
    void kept_data();
    void kept();
    void harmless();
    void hostile_data();
    void hostile();
    void everyPrefixOfALine();
    void writesWhatItHasRead_data();
    void writesWhatItHasRead();
};

namespace {

constexpr qint64 wallUs = 1'795'352'045'871'752; // 2026-11-22T12:54:05.871752Z

Step message(const QByteArray &payload, Framing framing = Framing::Nul)
{
    Step step;
    step.time = {wallUs, 1327422536};
    step.side = Side::Client;
    step.kind = StepKind::Send;
    step.number = 1;
    step.connection = 1;
    step.local = u"127.0.0.1:51964"_s;
    step.peer = u"127.0.0.1:8700"_s;
    step.framing = framing;
    step.payload = payload;
    step.size = payload.size();
    step.bytes = payload.size() + framing.overhead();
    step.offset = 0;
    return step;
}

QJsonObject object(const QByteArray &line)
{
    return QJsonDocument::fromJson(line).object();
}

} // namespace

void TestStepJson::fieldOrder()
{
    const QByteArray sent =
        R"({"time":"2026-11-22T12:54:05.871752Z","monotonic_us":1327422536,"side":"client","connection":1,)"
        R"("local":"127.0.0.1:51964","peer":"127.0.0.1:8700","step":1,"kind":"send","bytes":24,"offset":0,)"
        R"("text":"Hi, server! I'm client."})";
    QCOMPARE(StepJson::toLine(message("Hi, server! I'm client.")), sent);

    const QByteArray listening =
        R"({"time":"2026-11-22T12:54:05.871752Z","monotonic_us":7,"side":"server","local":"127.0.0.1:8700",)"
        R"("event":"listening"})";
    Step event;
    event.time = {wallUs, 7};
    event.side = Side::Server;
    event.kind = StepKind::Listening;
    event.local = u"127.0.0.1:8700"_s;
    QCOMPARE(StepJson::toLine(event), listening);

    const QByteArray endOfAll = R"("bytes":5,"offset":0,"hex":"616263ff","kept":4,"size":100,"part":true,)"
                                R"("unterminated":true,"framing":"newline","detail":"why"})";
    Step all = message("abc\xff", Framing::Newline);
    all.size = 100;
    all.part = true;
    all.unterminated = true;
    all.detail = u"why"_s;
    const QByteArray line = StepJson::toLine(all);
    QVERIFY2(line.endsWith(endOfAll), line);

    Step part = message("part");
    part.bytes = 4;
    part.part = true;
    QVERIFY(!object(StepJson::toLine(part)).contains("size"_L1));
}

void TestStepJson::roundTrip_data()
{
    QTest::addColumn<Step>("step");
    QTest::addColumn<QString>("field");

    QTest::newRow("plain") << message("Hi, server!") << u"text"_s;
    QTest::newRow("empty") << message("") << u"text"_s;
    QTest::newRow("newline framing") << message("line", Framing::Newline) << u"text"_s;
    QTest::newRow("no framing") << message("data", Framing::None) << u"text"_s;
    QTest::newRow("CR LF") << message("data", Framing::CrLf) << u"text"_s;
    QTest::newRow("a length prefix") << message("data", Framing::lengthPrefix({.offset = 2, .adds = -6, .width = 4}))
                                     << u"framing"_s;
    QTest::newRow("markers") << message("data", Framing::between("\x02", "\x03\x04")) << u"framing"_s;
    QTest::newRow("quotes and backslashes") << message("\"\\\" \\n \\u0041") << u"text"_s;
    QTest::newRow("controls") << message(QByteArray("\0\b\f\n\r\t\x1b\x7f", 8)) << u"text"_s;
    QTest::newRow("more than the BMP") << message("😀 \U000e0001 \U0001fffe \uffff") << u"text"_s;
    QTest::newRow("bidi and separators") << message("\u202e\u2028\u0085") << u"text"_s;
    QTest::newRow("byte order mark first") << message("\ufeff") << u"text"_s;
    QTest::newRow("two byte order marks") << message("\ufeff\ufeffx") << u"text"_s;
    QTest::newRow("not UTF-8") << message("a\xff") << u"hex"_s;
    QTest::newRow("a surrogate") << message("\xed\xa0\x80") << u"hex"_s;
    QTest::newRow("64 KiB of controls") << message(QByteArray(Step::keptBytes, '\x01')) << u"text"_s;

    Step step = message("6bytes");
    step.bytes = 6;
    step.unterminated = true;
    QTest::newRow("unterminated") << step << u"text"_s;
    step = {};
    step.time = {wallUs, 1327422536};
    step.kind = StepKind::Connected;
    step.framing = step.sendFraming = Framing::silence(20);
    QTest::newRow("a connection's framing") << step << u"framing"_s;
    step.sendFraming = Framing::Nul;
    QTest::newRow("a connection's two framings") << step << u"send_framing"_s;
    step.framing = Framing::Nul;
    step.sendFraming = Framing::CrLf;
    QTest::newRow("a connection that sends differently") << step << u"send_framing"_s;
    step = message("part");
    step.bytes = 4;
    step.part = true;
    QTest::newRow("a part") << step << u"text"_s;
    step = message("last part");
    step.part = true;
    QTest::newRow("the last part, terminated") << step << u"text"_s;
    step = message("whatever");
    step.bytes = -1;
    step.offset = -1;
    QTest::newRow("bytes do not apply") << step << u"text"_s;
    step = message("big");
    step.offset = (qint64(1) << 60) + 1;
    step.time.monotonicUs = (qint64(1) << 62) + 1;
    QTest::newRow("numbers over 2^53") << step << u"text"_s;
    step = message("x");
    step.time.wallUs = -1;
    QTest::newRow("before 1970") << step << u"text"_s;
    step = message("x");
    step.kind = StepKind::Recv;
    step.size = 100'000;
    step.bytes = 100'001;
    QTest::newRow("only the beginning is kept") << step << u"kept"_s;

    Step event;
    event.time = {wallUs, 7};
    event.kind = StepKind::Partial;
    event.bytes = 6;
    event.framing = Framing::Newline;
    QTest::newRow("a partial message") << event << u"framing"_s;
    event = {};
    event.time = {wallUs, 7};
    event.kind = StepKind::ReadingStopped;
    QTest::newRow("stopped reading") << event << u"event"_s;
    event.kind = StepKind::ReadingAgain;
    event.bytes = 65536;
    QTest::newRow("reading again") << event << u"event"_s;
    event = {};
    event.time = {wallUs, 7};
    event.kind = StepKind::Error;
    event.detail = u"\"quoted\" \n 你好"_s;
    event.local = u"[::1]:8700"_s;
    QTest::newRow("an event with a sentence") << event << u"detail"_s;
    event.detail = u"\"quoted\" \n"_s;
    QTest::newRow("an event with an ASCII sentence") << event << u"detail"_s;
    for (const qsizetype length : {200, 256, 300}) {
        event.detail = QString(length, u'x');
        QTest::addRow("an event with %d characters", int(length)) << event << u"detail"_s;
    }
}

void TestStepJson::roundTrip()
{
    QFETCH(const Step, step);
    QFETCH(const QString, field);
    const QByteArray line = StepJson::toLine(step);
    QVERIFY(!line.contains('\n'));
    QVERIFY2(object(line).contains(field), line);
    Step read;
    QVERIFY2(StepJson::fromLine(line, read), line);
    QCOMPARE(read.payload, step.payload);
    QCOMPARE(read.size, step.size);
    QVERIFY2(read == step, line + '\n' + StepJson::toLine(read));
}

void TestStepJson::kept_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<int>("limit");
    QTest::addColumn<QByteArray>("kept");
    QTest::addColumn<QString>("field");
    QTest::newRow("shorter") << QByteArray("abc") << 4 << QByteArray("abc") << u"text"_s;
    QTest::newRow("exactly") << QByteArray("abcd") << 4 << QByteArray("abcd") << u"text"_s;
    QTest::newRow("longer") << QByteArray("abcde") << 4 << QByteArray("abcd") << u"text"_s;
    QTest::newRow("cut in a character") << QByteArray("abc你") << 4 << QByteArray("abc") << u"text"_s;
    QTest::newRow("cut behind a character") << QByteArray("a你x") << 4 << QByteArray("a你") << u"text"_s;
    QTest::newRow("cut in an emoji") << QByteArray("a😀") << 4 << QByteArray("a") << u"text"_s;
    QTest::newRow("not UTF-8") << QByteArray("\xff\xe4\xbd\xa0x") << 3 << QByteArray("\xff\xe4\xbd") << u"hex"_s;
    QTest::newRow("nothing") << QByteArray("abc") << 0 << QByteArray("") << u"text"_s;
}

void TestStepJson::kept()
{
    QFETCH(const QByteArray, payload);
    QFETCH(const int, limit);
    QFETCH(const QByteArray, kept);
    QFETCH(const QString, field);
    const QByteArray line = StepJson::toLine(message(payload), limit);
    QVERIFY2(object(line).contains(field), line);
    QCOMPARE(object(line).contains("kept"_L1), kept.size() < payload.size());
    Step read;
    QVERIFY(StepJson::fromLine(line, read));
    QCOMPARE(read.payload, kept);
    QCOMPARE(read.size, payload.size());
    QCOMPARE(read.isCut(), kept.size() < payload.size());
}

/// A line is safe to look at in a terminal.
void TestStepJson::harmless()
{
    const QByteArray line = StepJson::toLine(message("\x1b[31m \u009b31m \u202e \x7f \n"));
    const QByteArray escaped = R"("text":"\u001b[31m \u009b31m \u202e \u007f \n")";
    QVERIFY2(line.contains(escaped), line);
}

void TestStepJson::hostile_data()
{
    QTest::addColumn<QByteArray>("line");
    const QByteArray good = StepJson::toLine(message("x"));
    Step step;
    QVERIFY(StepJson::fromLine(good, step));

    const auto changed = [good](const char *name, const QByteArray &before, const QByteArray &after) {
        QVERIFY2(good.contains(before), name);
        QTest::newRow(name) << QByteArray(good).replace(before, after);
    };
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("[1] Send: Hi");
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("an empty object") << QByteArray("{}");
    QTest::newRow("binary") << QByteArray("\0\xff\0{", 4);
    QTest::newRow("deep") << QByteArray(100'000, '[');
    QTest::newRow("two objects") << good + good;
    changed("no kind", R"("kind":"send",)", "");
    changed("kind and event", R"("kind":"send",)", R"("kind":"send","event":"error",)");
    changed("unknown kind", R"("send")", R"("sent")");
    changed("an event's word as kind", R"("send")", R"("listening")");
    changed("a kind's word as event", R"("kind")", R"("event")");
    changed("kind is a number", R"("send")", "1");
    changed("unknown side", R"("client")", R"("peer")");
    changed("no time", R"("time":"2026-11-22T12:54:05.871752Z",)", "");
    changed("no 30th of February", "2026-11-22T", "2026-02-30T");
    changed("hour 24", "T12:", "T24:");
    changed("a time with letters", "871752", "87x752");
    changed("time without zone", "752Z", "752 ");
    changed("a negative step", R"("step":1)", R"("step":-1)");
    changed("a step over int", R"("step":1)", R"("step":2147483648)");
    changed("a step over double", R"("step":1)", R"("step":1e300)");
    changed("half a step", R"("step":1)", R"("step":1.5)");
    changed("step is a string", R"("step":1)", R"("step":"1")");
    changed("a monotonic clock below zero", R"("step":1)", R"("monotonic_us":-1,"step":1)");
    changed("negative bytes", R"("bytes":2)", R"("bytes":-2)");
    changed("text is a number", R"("text":"x")", R"("text":1)");
    changed("text and hex", R"("text":"x")", R"("text":"x","hex":"78")");
    changed("half a byte in hex", R"("text":"x")", R"("hex":"781")");
    changed("no hexadecimal digits", R"("text":"x")", R"("hex":"7g")");
    changed("a flag is a number", R"("text":"x")", R"("text":"x","part":1)");
    changed("unknown framing", R"("text":"x")", R"("text":"x","framing":"tab")");
    changed("negative size", R"("text":"x")", R"("text":"x","size":-1)");
}

void TestStepJson::hostile()
{
    QFETCH(const QByteArray, line);
    const Step before = message("untouched");
    Step step = before;
    QVERIFY(!StepJson::fromLine(line, step));
    QVERIFY(step == before);
}

void TestStepJson::everyPrefixOfALine()
{
    const QByteArray line = StepJson::toLine(message("a\xff"));
    for (qsizetype length = 0; length < line.size(); ++length) {
        Step step;
        QVERIFY(!StepJson::fromLine(line.first(length), step));
    }
}

/// Lines that only other programs write.
void TestStepJson::writesWhatItHasRead_data()
{
    QTest::addColumn<QByteArray>("line");
    const QByteArray start = R"({"time":"2026-11-22T12:54:05.871752Z","side":"client",)";
    QTest::newRow("half a surrogate pair as peer") << start + R"("event":"refused","peer":"\udc00:1"})";
    QTest::newRow("half a surrogate pair as detail") << start + R"("event":"error","detail":"a\ud800"})";
    QTest::newRow("half a surrogate pair as text") << start + R"("step":1,"kind":"send","bytes":4,"text":"\udfff"})";
    QTest::newRow("a message without its text") << start + R"("step":2,"kind":"recv","bytes":70001})";
    QTest::newRow("a framing that does not apply") << start + R"("step":5,"kind":"close","framing":"newline"})";
}

void TestStepJson::writesWhatItHasRead()
{
    QFETCH(const QByteArray, line);
    Step step;
    QVERIFY(StepJson::fromLine(line, step));
    Step again;
    QVERIFY(StepJson::fromLine(StepJson::toLine(step), again));
    QVERIFY2(again == step, StepJson::toLine(again));
}

REGISTER_TEST(TestStepJson)
#include "tst_stepjson.moc"
