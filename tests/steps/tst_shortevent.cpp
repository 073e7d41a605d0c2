// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steps/shortevent.h"
#include "support/registertest.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

class TestShortEvent : public QObject
{
    Q_OBJECT
private slots:
    void shortLine_data();
    void shortLine();
    void everyEventIsShort();
    void escapesAreThoseThatStay();
    void meaning_data();
    void meaning();
};

namespace {

Step eventOf(StepKind kind, Side side = Side::Client, const QString &detail = {})
{
    Step step;
    step.kind = kind;
    step.side = side;
    step.local = u"127.0.0.1:8700"_s;
    step.peer = u"127.0.0.1:51964"_s;
    step.detail = detail;
    return step;
}

} // namespace

void TestShortEvent::shortLine_data()
{
    QTest::addColumn<Step>("step");
    QTest::addColumn<QString>("expected");
    const auto detail = [](const char *name, const QString &sentence, const QString &expected) {
        QTest::newRow(name) << eventOf(StepKind::Error, Side::Client, sentence) << expected;
    };
    Step send;
    send.kind = StepKind::Send;
    send.number = 1;
    send.payload = "One. Two: three; four. Five, and so on, until the row is long";
    send.size = send.payload.size();
    QTest::newRow("a step stays as it is") << send << StepText::line(send);
    QTest::newRow("listening") << eventOf(StepKind::Listening) << u"Listening on 127.0.0.1:8700"_s;
    QTest::newRow("accepted") << eventOf(StepKind::Connected, Side::Server) << u"Accepted 127.0.0.1:51964"_s;
    QTest::newRow("connected") << eventOf(StepKind::Connected) << u"Connected"_s;
    QTest::newRow("FIN received") << eventOf(StepKind::PeerFinished) << u"FIN received"_s;
    QTest::newRow("refused")
        << eventOf(StepKind::Refused, Side::Client,
                   u"Cannot connect to 127.0.0.1:8700: Connection refused. Nothing listens there; start it."_s)
        << u"Refused"_s;
    detail("a sentence that fits", u"Reset by the peer"_s, u"Reset by the peer"_s);
    detail("without its period", u"Nothing came."_s, u"Nothing came"_s);
    detail("the first sentence",
           u"Cannot listen on 127.0.0.1:8700: Address already in use. End the program that listens there."_s,
           u"Cannot listen on 127.0.0.1:8700: Address already in use"_s);
    detail("the first clause of a long sentence",
           u"Segments are not captured: this system's dumpcap may not, and libpcap may not either."_s,
           u"Segments are not captured"_s);
    detail("clauses that fit together",
           u"Stopped: listening on 127.0.0.1:8700; connections that are open go on as before"_s,
           u"Stopped: listening on 127.0.0.1:8700"_s);
    detail("no clause fits: the view cuts it",
           u"A sentence that goes on and on and has no clause at all, whatever one does."_s,
           u"A sentence that goes on and on and has no clause at all, whatever one does"_s);
    detail("IPv6 is no clause", u"[2001:db8::1]:8700 cannot be reached from this machine, for it has no IPv6"_s,
           u"[2001:db8::1]:8700 cannot be reached from this machine, for it has no IPv6"_s);
    detail("made harmless", u"x\n[2] Recv: \u202eforged"_s, u"x\\n[2] Recv: \\u202eforged"_s);
}

void TestShortEvent::shortLine()
{
    QFETCH(const Step, step);
    QTEST(StepText::shortLine(step).text, "expected");
}

void TestShortEvent::everyEventIsShort()
{
    for (int kind = int(StepKind::Listening); kind <= int(StepKind::Stopped); ++kind) {
        for (const Side side : {Side::Client, Side::Server}) {
            const QString line = StepText::shortLine(eventOf(StepKind(kind), side)).text;
            QVERIFY2(!line.isEmpty() && line.size() <= 56 && !line.endsWith(u'.'), qPrintable(line));
        }
    }
}

void TestShortEvent::escapesAreThoseThatStay()
{
    const QString detail = u"a\n: "_s + QString(60, u'x') + u"\n"_s;
    const StepText::Escaped line = StepText::shortLine(eventOf(StepKind::Error, Side::Client, detail));
    QCOMPARE(line.text, u"a\\n"_s);
    QCOMPARE(line.escapes.size(), 1);
    QCOMPARE(line.escapes[0].start, 1);
}

void TestShortEvent::meaning_data()
{
    QTest::addColumn<Step>("step");
    QTest::addColumn<QString>("says");
    const auto step = [](StepKind kind, int number, Framing framing = Framing::Nul) {
        Step result;
        result.kind = kind;
        result.number = number;
        result.framing = framing;
        return result;
    };
    Step unterminated = step(StepKind::Recv, 2, Framing::Newline);
    unterminated.unterminated = true;
    QTest::newRow("sent") << step(StepKind::Send, 1) << u"acknowledgement"_s;
    QTest::newRow("received") << step(StepKind::Recv, 2) << u"its NUL has been read"_s;
    QTest::newRow("received without framing") << step(StepKind::Recv, 2, Framing::None) << u"what one read returned"_s;
    QTest::newRow("unterminated") << unterminated << u"ended without a newline"_s;
    QTest::newRow("closed first") << step(StepKind::Close, 5) << u"finished sending before it saw the peer's FIN"_s;
    QTest::newRow("closed second") << step(StepKind::Close, 6) << u"saw the peer's FIN before it finished"_s;
    QTest::newRow("reset") << step(StepKind::Reset, 5) << u"RST ends the connection at once"_s;
    QTest::newRow("stopped reading") << step(StepKind::ReadingStopped, 0) << u"in the end zero"_s;
    QTest::newRow("reading again") << step(StepKind::ReadingAgain, 0) << u"a larger window"_s;
    QTest::newRow("unread") << step(StepKind::Unread, 0) << u"RST instead of FIN"_s;
}

void TestShortEvent::meaning()
{
    QFETCH(const Step, step);
    QFETCH(const QString, says);
    QVERIFY2(StepText::meaning(step).contains(says), qPrintable(StepText::meaning(step)));
}

REGISTER_TEST(TestShortEvent)
#include "tst_shortevent.moc"
