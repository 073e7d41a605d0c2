// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steps/stepcopy.h"
#include "support/registertest.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

class TestStepCopy : public QObject
{
    Q_OBJECT

private slots:
    void copies_data();
    void copies();
    void isFull();
};

namespace {

using Steps = QList<Step>;

Step copiedStep(StepKind kind, int number, const QByteArray &payload = {}, qint64 size = -1)
{
    Step step;
    step.kind = kind;
    step.number = number;
    step.connection = 1;
    step.payload = payload;
    step.size = size < 0 ? payload.size() : size;
    step.bytes = step.size + 1;
    return step;
}

} // namespace

void TestStepCopy::copies_data()
{
    QTest::addColumn<Steps>("steps");
    QTest::addColumn<QString>("lines");
    QTest::addColumn<QString>("hex");
    QTest::addColumn<QString>("array");
    const auto row = [](const char *name, const Steps &steps, const QString &lines, const QString &hex,
                        const QString &array) { QTest::newRow(name) << steps << lines << hex << array; };
    row("nothing", {}, {}, {}, {});
    row("an event has no form", {copiedStep(StepKind::PeerFinished, 0)}, {}, {}, {});
    row("a close is only a line", {copiedStep(StepKind::Close, 5)}, u"[5] Close Socket\n"_s, {}, {});
    row("a message", {copiedStep(StepKind::Send, 1, "Hi!")}, u"[1] Send: Hi!\n"_s, u"48 69 21\n"_s,
        u"/* #1 [1] Send: 3 bytes */\nstatic const unsigned char message_1[] = {\n    0x48, 0x69, 0x21,\n};\n"_s);
    row("two messages and what is between",
        {copiedStep(StepKind::Recv, 2, "\n"), copiedStep(StepKind::Close, 4), copiedStep(StepKind::Send, 3, "\xff")},
        u"[2] Recv: \\n\n[4] Close Socket\n[3] Send: \\xff\n"_s, u"0a\n\nff\n"_s,
        u"/* #1 [2] Recv: 1 byte */\nstatic const unsigned char message_1[] = {\n    0x0a,\n};\n\n"
        "/* #1 [3] Send: 1 byte */\nstatic const unsigned char message_2[] = {\n    0xff,\n};\n"_s);
    row("an empty message", {copiedStep(StepKind::Send, 1)}, u"[1] Send: \n"_s, u"# no bytes\n"_s,
        u"/* message_1 = #1 [1] Send: 0 bytes */\n"_s);
    row("a message that was not kept", {copiedStep(StepKind::Send, 1, "ab", 100)}, u"[1] Send: ab…\n"_s,
        u"61 62\n# kept: the first 2 of 100 bytes\n"_s,
        u"/* #1 [1] Send: 100 bytes; kept: the first 2 of 100 bytes */\n"
        "static const unsigned char message_1[] = {\n    0x61, 0x62,\n};\n"_s);
    row("more than a line", {copiedStep(StepKind::Send, 1, QByteArray(17, 'a'))}, u"[1] Send: aaaaaaaaaaaaaaaaa\n"_s,
        u"61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61\n61\n"_s,
        u"/* #1 [1] Send: 17 bytes */\nstatic const unsigned char message_1[] = {\n"
        "    0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61,\n"
        "    0x61, 0x61, 0x61, 0x61, 0x61,\n};\n"_s);
    row("what would end a comment", {copiedStep(StepKind::Send, 1, "*/")}, u"[1] Send: */\n"_s, u"2a 2f\n"_s,
        u"/* #1 [1] Send: 2 bytes */\nstatic const unsigned char message_1[] = {\n    0x2a, 0x2f,\n};\n"_s);
}

void TestStepCopy::copies()
{
    QFETCH(const Steps, steps);
    const auto text = [&steps](StepCopy::Form form) {
        StepCopy copy(form);
        for (const Step &step : steps)
            copy.add(step);
        return copy.text();
    };
    QTEST(text(StepCopy::Form::Lines), "lines");
    QTEST(text(StepCopy::Form::Hex), "hex");
    QTEST(text(StepCopy::Form::CArray), "array");
}

void TestStepCopy::isFull()
{
    StepCopy copy(StepCopy::Form::CArray);
    const Step large = copiedStep(StepKind::Send, 1, QByteArray(Step::keptBytes, 'x'));
    int steps = 0;
    for (; !copy.isFull() && steps < 1'000; ++steps)
        copy.add(large);
    QVERIFY(copy.isFull());
    QVERIFY(steps < 200);
    QCOMPARE(copy.count(), steps);
}

REGISTER_TEST(TestStepCopy)
#include "tst_stepcopy.moc"
