// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "client_gui/clientwindow.h"
#include "server_gui/serverwindow.h"
#include "support/registertest.h"
#include "support/skip.h"
#include "support/tcpdumpcapture.h"
#include "support/windowtools.h"
#include "ui/ladder/ladderview.h"
#include "ui/windows/conversationpane.h"
#include "ui/wire/capturepanel.h"
#include "ui/wire/wirepane.h"
#include "ui/wire/wireview.h"

#include <QSignalSpy>

using namespace WindowTools;

/// The Wire tab of both windows in a conversation between them. It is captured, if the system allows it.
class TestWireTab : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void saysHowToCaptureOnlyWhereItIsForbidden();
    void equalsTcpdump();
    void selectionsGoTogether();

private:
    void converse();
    WireLines &wireOf(const QWidget &window) { return window.findChild<WirePane *>()->lines(); }
    QStringList page(const QWidget &window);
    QStringList headings(const QWidget &window) { return page(window).filter(QStringLiteral("# ")); }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ServerWindow> m_server;
    std::unique_ptr<ClientWindow> m_client;
    std::unique_ptr<TcpdumpCapture> m_tcpdump;
};

namespace {

/// Each socket that captures takes the time itself: they differ by a microsecond or two.
QStringList withoutTimes(QStringList lines)
{
    return lines.replaceInStrings(QRegularExpression(QStringLiteral("^\\d\\d:\\d\\d:\\d\\d\\.\\d{6} IP ")),
                                  QStringLiteral("IP "));
}

} // namespace

void TestWireTab::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    ServerOptions options;
    options.port = quint16(0);
    options.replyDelayMs = 20;
    options.closeDelayMs = 1000; // four-way, on a busy machine too
    options.sessionPath = m_sandbox->sessionPath(QStringLiteral("server"));
    m_server = std::make_unique<ServerWindow>(options);
    m_server->resize(1100, 700);
    m_server->show();
}

void TestWireTab::cleanup()
{
    m_client.reset();
    m_server.reset();
    m_tcpdump.reset();
}

QStringList TestWireTab::page(const QWidget &window)
{
    QStringList page;
    for (qsizetype line = 0; line < wireOf(window).lineCount(); ++line)
        page += wireOf(window).textOfLine(WireLine(line));
    return page;
}

/// Up to the last step of both ends, or less if capturing is not allowed.
void TestWireTab::converse()
{
    click(*m_server, "startButton");
    QTRY_VERIFY(listeningOn(*m_server).contains("127.0.0.1:"));
    ClientOptions options;
    options.port = listeningOn(*m_server).section(QLatin1Char(':'), -1).toUShort();
    options.sessionPath = m_sandbox->sessionPath(QStringLiteral("client"));
    m_tcpdump = std::make_unique<TcpdumpCapture>(options.port.value_or(0));
    QTRY_VERIFY(m_tcpdump->hasStarted() || m_tcpdump->hasFailed());
    if (m_tcpdump->hasFailed())
        SKIP_OR_FAIL("tcpdump may not capture here (run the tests as root): " + m_tcpdump->errors());
    m_client = std::make_unique<ClientWindow>(options);
    m_client->resize(1100, 700);
    m_client->show();
    click(*m_client, "sendButton");
    QTRY_COMPARE(steps(*m_client).size(), 2);
    QTRY_COMPARE(steps(*m_server).size(), 2);
    click(*m_client, "closeButton");
}

void TestWireTab::saysHowToCaptureOnlyWhereItIsForbidden()
{
    auto *wire = m_server->findChild<WirePane *>();
    m_server->findChild<ConversationPane *>()->showView(wire);
    QVERIFY(wire->isVisible() && !wire->findChild<CapturePanel *>()); // nothing has been forbidden yet
    wire->showHowToCapture();
    QVERIFY(wire->findChild<CapturePanel *>()->isVisible());
}

void TestWireTab::equalsTcpdump()
{
    const QStringList expected{"# The TCP three-way handshake", "# Send / Recv data", "# The TCP four-way wave"};
    converse();
    if (QTest::currentTestFailed() || !m_client)
        return;
    QTRY_COMPARE(headings(*m_client), expected);
    QTRY_COMPARE(headings(*m_server), expected);
    const auto acknowledged = [this] {
        return m_tcpdump->lines().size() >= 10 && m_tcpdump->segments().last().isAcknowledgement();
    };
    QTRY_VERIFY(acknowledged());
    for (const QWidget *window : {static_cast<QWidget *>(m_client.get()), static_cast<QWidget *>(m_server.get())}) {
        const auto segments = [&] {
            QStringList all = page(*window);
            all.removeIf([](const QString &line) { return line.startsWith("# "); });
            return withoutTimes(all);
        };
        QTRY_COMPARE(segments(), withoutTimes(m_tcpdump->lines()));
    }
}

/// A step, its segment in the ladder and its line are selected together, whichever is clicked.
void TestWireTab::selectionsGoTogether()
{
    converse();
    if (QTest::currentTestFailed() || !m_client)
        return;
    QTRY_COMPARE(headings(*m_client).size(), 3);
    auto *log = part<QTableView>(*m_client, "stepView");
    auto *wire = m_client->findChild<WireView *>();
    auto *ladder = m_client->findChild<LadderView *>();
    const auto logRow = [&](const QString &text) {
        return int(lines(*m_client).indexOf(QRegularExpression(QRegularExpression::escape(text) + ".*")));
    };
    const auto lineWith = [this](const QString &text) {
        return page(*m_client).indexOf(QRegularExpression(".*" + text + ".*"));
    };

    QVERIFY(logRow("[1] Send") >= 0);
    log->selectRow(logRow("[1] Send"));
    QCOMPARE(wire->currentLine(), WireLine(lineWith("length 24")));
    QCOMPARE(ladder->selectedStep(), StepRow(logRow("[1] Send")));

    QSignalSpy fromWire(wire, &WireView::segmentSelected);
    wire->setFocus();
    wire->jumpToNewest();
    while (wire->currentLine() < WireLine(lineWith("length 12")))
        QTest::keyClick(wire, Qt::Key_Down);
    QCOMPARE(wire->currentLine(), WireLine(lineWith("length 12")));
    QVERIFY(!fromWire.isEmpty());
    QCOMPARE(log->currentIndex().row(), logRow("[4] Recv"));
    QCOMPARE(ladder->selectedStep(), StepRow(logRow("[4] Recv")));

    ladder->setCurrentRow(LadderIndex(0)); // the SYN, which no step goes with
    QCOMPARE(wire->currentLine(), WireLine(lineWith("Flags \\[S\\]")));
}

REGISTER_TEST(TestWireTab)
#include "tst_wiretab.moc"
