// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladder/laddermermaid.h"
#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "support/laddercases.h"
#include "support/registertest.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// A ladder as Mermaid's sequence diagram.
class TestMermaid : public QObject
{
    Q_OBJECT

private slots:
    void conversation();
    void withoutCapture();
    void whatDidNotArrive();
    void crossingArrows();
    void hostileText_data();
    void hostileText();
};

namespace {

QString diagram(const LadderModel &model)
{
    QString text = LadderMermaid::header({model.address(Side::Client), model.address(Side::Server)});
    for (qsizetype row = 0; row < model.count(); ++row)
        text += LadderMermaid::lines(model, LadderIndex(row));
    return text;
}

/// Every line is one of the statements that are used, by Mermaid's grammar of sequence diagrams.
void verifyStatements(const QString &diagram)
{
    static const QRegularExpression statement(u"^    (participant (Client|Server) as [^;]+"
                                              "|(Client|Server)(->>|-->>|-x|--x|-[)]|--[)])(Client|Server): .+"
                                              "|Note (left of Client|right of Server|over Client,Server): .+)$"_s);
    static const QRegularExpression entity(u"#[0-9]+;"_s);
    QVERIFY(diagram.startsWith(u"sequenceDiagram\n"_s));
    QVERIFY(diagram.endsWith(u'\n'));
    for (QString line : diagram.sliced(16).chopped(1).split(u'\n')) {
        line.remove(entity);
        QVERIFY2(statement.match(line).hasMatch(), qPrintable(line));
        QVERIFY2(!line.contains(u';') && !line.contains(u'#') && !line.contains(u"%%"), qPrintable(line));
    }
}

} // namespace

void TestMermaid::conversation()
{
    LadderCase all;
    all.recording.addSegments(SegmentScript().segments(u"c> S, s> SA, c> A, c> PA 24, s> A, c> RA"_s));
    all.add(Side::Client, StepKind::Send, 1, SegmentScript::firstUs, "Hi, server! I'm client.", 0);
    all.add(Side::Client, StepKind::Reset, 3, SegmentScript::firstUs + 6000);
    LadderModel model(all.recording);
    model.showConnection(1);
    const QString text = diagram(model);
    verifyStatements(text);
    const QStringList lines = text.split(u'\n');
    QCOMPARE(lines[1], u"    participant Client as Client 127.0.0.1:51964"_s);
    QCOMPARE(lines[3], u"    Note over Client,Server: The TCP three-way handshake"_s);
    QVERIFY(lines.contains(u"    Client->>Server: SYN: seq 0"_s));
    QVERIFY(lines.contains(u"    Note left of Client: SYN-SENT"_s));
    QVERIFY(lines.contains(u"    Note left of Client: [1] Send: Hi, server! I'm client."_s));
    QVERIFY(lines.contains(u"    Note right of Server: ([2] Recv: Hi, server! I'm client.)"_s));
    QVERIFY(lines.contains(u"    Client-xServer: RST, ACK: seq 25, ack 1"_s));
    QCOMPARE(lines.filter(QRegularExpression(u"^    (Client|Server)-"_s)).size(), 6);
}

void TestMermaid::withoutCapture()
{
    LadderCase all;
    all.addSteps(Side::Client, SegmentScript::firstUs);
    LadderModel model(all.recording);
    model.showConnection(1);
    const QString text = diagram(model);
    verifyStatements(text);
    QVERIFY(text.contains(u"    Client-->>Server: 24 B\n"_s));
    QVERIFY(text.contains(u"    Note over Client,Server: 1.000 s\n"_s));
}

void TestMermaid::whatDidNotArrive()
{
    LadderCase lost;
    lost.recording.addSegments(SegmentScript().segments(u"c> S, c> S seq=-1, s> SA, c> A"_s));
    LadderModel segments(lost.recording);
    segments.showFlow(0);
    verifyStatements(diagram(segments));
    QVERIFY(diagram(segments).contains(u"    Client-xServer: SYN: seq 0 (lost, sent again)\n"_s));
    LadderCase waits;
    waits.add(Side::Client, StepKind::Send, 1, SegmentScript::firstUs, "Hi", 0);
    waits.addEvent(Side::Client, StepKind::Undelivered, SegmentScript::firstUs, 3, 0);
    LadderModel steps(waits.recording);
    steps.showConnection(1);
    verifyStatements(diagram(steps));
    QVERIFY(diagram(steps).contains(u"    Client--)Server: 3 B (not acknowledged)\n"_s));
}

/// The states of an end are in the order of the picture: an arrow leaves before the one that it crosses arrives.
void TestMermaid::crossingArrows()
{
    LadderCase all;
    all.recording.addSegments(segmentsOfFile(QStringLiteral(CAPTURES "/faults/fin-before-data.pcap")));
    LadderModel model(all.recording);
    model.showFlow(0);
    QVERIFY(LadderRows::make(model, LadderIndex(6)).crossesPrevious);
    const QString text = diagram(model);
    verifyStatements(text);
    const auto states = [&](const QString &end) {
        static const QRegularExpression state(u"^    Note (left of Client|right of Server): ([A-Z0-9-]+)$"_s);
        QStringList found;
        for (const QString &line : text.split(u'\n')) {
            const auto match = state.match(line);
            if (match.hasMatch() && match.captured(1).endsWith(end))
                found.append(match.captured(2));
        }
        return found.join(u' ');
    };
    QCOMPARE(states(u"Client"_s), u"SYN-SENT ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED"_s);
    QCOMPARE(states(u"Server"_s), u"SYN-RECEIVED ESTABLISHED FIN-WAIT-1 FIN-WAIT-2 TIME-WAIT"_s);
    // The FIN's acknowledgement crosses the data: CLOSE-WAIT begins behind it.
    QVERIFY(text.indexOf(u"Note left of Client: CLOSE-WAIT"_s) > text.indexOf(u"Client->>Server: ACK: ack 101\n"_s));
}

void TestMermaid::hostileText_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("a semicolon ends a statement") << QByteArray("a; Note over Client: forged");
    QTest::newRow("a line break") << QByteArray("a\n    Client->>Server: forged");
    QTest::newRow("an entity") << QByteArray("#quot; #59;");
    QTest::newRow("HTML") << QByteArray("<script>alert(1)</script><br/>");
    QTest::newRow("a comment") << QByteArray("%%{init: {}}%% %% gone");
    QTest::newRow("end") << QByteArray("end");
}

void TestMermaid::hostileText()
{
    QFETCH(const QByteArray, payload);
    LadderCase all;
    all.add(Side::Client, StepKind::Send, 1, SegmentScript::firstUs, payload, 0);
    LadderModel model(all.recording);
    model.showConnection(1);
    const QString text = diagram(model);
    verifyStatements(text);
    QCOMPARE(text.count(u'\n'), 6); // the diagram, two ends, the arrow, the step at either end
    QVERIFY(!text.contains(u'<'));
}

REGISTER_TEST(TestMermaid)
#include "tst_mermaid.moc"
