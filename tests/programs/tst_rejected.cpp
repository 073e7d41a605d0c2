// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "client_gui/clientwindow.h"
#include "ladder/ladderrows.h"
#include "support/icmpscript.h"
#include "support/privatenetwork.h"
#include "support/registertest.h"
#include "support/skip.h"
#include "support/tunpeer.h"
#include "support/windowtools.h"
#include "ui/ladder/sequencepane.h"
#include "ui/steps/detailspanel.h"
#include "ui/steps/stepview.h"

#include <QTextEdit>

using namespace WindowTools;

/// The client's window where something else than the server answers to its SYN: the test, on a TUN device.
class TestRejected : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void advice_data();
    void advice();

private:
    TunPeer m_peer;
    QString m_noPeer; ///< why there is none
};

void TestRejected::initTestCase()
{
    m_noPeer = PrivateNetwork::enter() ? m_peer.open() : QStringLiteral("no private network is permitted here");
}

void TestRejected::advice_data()
{
    QTest::addColumn<QString>("answer"); ///< as in icmpscript.h; empty: RST
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("label");
    QTest::addColumn<QString>("meaning");

    const auto rejected = [](const QString &reporter, const QString &error) {
        return QStringLiteral("A firewall or router rejects the connection; starting the server does not help. %1 "
                              "answered to the SYN for 192.0.2.2:8700 with ICMP \"%2\".")
            .arg(reporter, error);
    };
    QTest::newRow("port unreachable, as a firewall sends it")
        << QStringLiteral("!port") << rejected(QStringLiteral("192.0.2.2"), QStringLiteral("port unreachable"))
        << QStringLiteral("ICMP port unreachable: about seq ")
        << QStringLiteral("Refused by ICMP: 192.0.2.2 answered to SYN with \"port unreachable\".");
    QTest::newRow("prohibited by a router")
        << QStringLiteral("!prohibited by 254")
        << rejected(QStringLiteral("192.0.2.254"), QStringLiteral("administratively prohibited"))
        << QStringLiteral("ICMP administratively prohibited: about seq ")
        << QStringLiteral("Refused by ICMP: 192.0.2.254 answered to SYN with \"administratively prohibited\".");
    QTest::newRow("host unreachable")
        << QStringLiteral("!host by 254")
        << QStringLiteral(
               "The packets do not arrive; starting the server does not help. 192.0.2.254 answered to the "
               "SYN for 192.0.2.2:8700 with ICMP \"host unreachable\". Check the address, and the way there.")
        << QStringLiteral("ICMP host unreachable: about seq ")
        << QStringLiteral("Refused by ICMP: 192.0.2.254 answered to SYN with \"host unreachable\".");
    QTest::newRow("RST") << QString()
                         << QStringLiteral("Nothing listens on 192.0.2.2:8700. Click Start Server there, then Retry.")
                         << QStringLiteral("RST, ACK: seq 0, ack ")
                         << QStringLiteral(
                                "Refused by RST: the answer to SYN came from TCP, and nothing listens there.");
}

void TestRejected::advice()
{
    QFETCH(const QString, answer);
    QFETCH(const QString, expected);
    QFETCH(const QString, label);
    QFETCH(const QString, meaning);
    if (!m_noPeer.isEmpty())
        SKIP_OR_FAIL(m_noPeer);
    const Sandbox sandbox;
    ClientOptions options;
    options.host = QStringLiteral("192.0.2.2");
    options.sessionPath = sandbox.sessionPath(QStringLiteral("client"));
    ClientWindow window(options);
    window.show();
    SegmentScript script;
    const auto answerSyn = [&] {
        for (const Segment &segment : m_peer.take()) {
            if (segment.destination.port != 8700 || !segment.has(Segment::Syn))
                continue;
            if (!answer.isEmpty()) {
                m_peer.send(errorPacketOf(errorSegment(script, answer, segment), segment));
                continue;
            }
            Segment reset;
            reset.source = segment.destination;
            reset.destination = segment.source;
            reset.flags = Segment::Rst | Segment::Ack;
            reset.acknowledgement = segment.sequence + 1;
            m_peer.send(reset);
        }
    };
    click(window, "sendButton");
    const auto notice = [&] {
        answerSyn();
        return noticeText(window);
    };
    QTRY_COMPARE(notice(), expected);

    auto *sequence = window.findChild<SequencePane *>();
    const auto isDrawn = [&] {
        const LadderModel &model = sequence->model();
        return model.count() >= 2 && LadderRows::make(model, LadderIndex(1)).labels[0].startsWith(label);
    };
    QTRY_VERIFY(isDrawn());
    // The details of the newest event.
    auto *view = window.findChild<StepView *>();
    auto *panel = window.findChild<DetailsPanel *>();
    QVERIFY(view && panel);
    view->selectionModel()->setCurrentIndex(view->model()->index(view->model()->rowCount() - 1, 0),
                                            QItemSelectionModel::ClearAndSelect);
    QTest::keyClick(view, Qt::Key_Return);
    const auto *facts = panel->findChild<QTextEdit *>();
    QVERIFY(facts);
    QTRY_VERIFY2(facts->toPlainText().contains(meaning), qPrintable(facts->toPlainText()));
}

REGISTER_TEST(TestRejected)
#include "tst_rejected.moc"
