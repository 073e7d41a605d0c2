// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/capturefile.h"
#include "capture/captureinterface.h"
#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "support/registertest.h"
#include "support/skip.h"
#include "support/windowtools.h"
#include "ui/ladder/sequencepane.h"
#include "ui/windows/capturewindow.h"
#include "ui/windows/windowopener.h"
#include "ui/wire/capturepanel.h"
#include "ui/wire/wirepane.h"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTcpServer>
#include <QTcpSocket>

using namespace WindowTools;

/// A window that watches a port that two other programs use: here two plain sockets.
class TestWatch : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();

    void showsTheirConnections();
    void saysWhatIsMissing();
    void saysWhatTheKernelDropped();
    void asksForAPort();
    void opensThePairInTheLab();

private:
    void converse(QTcpServer &server, const QByteArray &message);

    QTemporaryDir m_folder;
};

namespace {

QStringList headings(const QWidget &window)
{
    const WireLines &wire = window.findChild<WirePane *>()->lines();
    QStringList all;
    for (qsizetype line = 0; line < wire.lineCount(); ++line)
        all += wire.textOfLine(WireLine(line));
    return all.filter(QStringLiteral("# "));
}

CaptureWindow *opened()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *window = qobject_cast<CaptureWindow *>(widget))
            return window;
    }
    return nullptr;
}

} // namespace

void TestWatch::cleanup()
{
    FileWindow::closeAll();
    QTRY_VERIFY(!opened());
}

/// One message, and both ends close.
void TestWatch::converse(QTcpServer &server, const QByteArray &message)
{
    QTcpSocket client;
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), server.serverPort());
    QTRY_VERIFY(server.hasPendingConnections());
    const std::unique_ptr<QTcpSocket> accepted(server.nextPendingConnection());
    client.write(message);
    QTRY_COMPARE(accepted->bytesAvailable(), message.size());
    client.disconnectFromHost();
    QTRY_COMPARE(accepted->state(), QAbstractSocket::UnconnectedState);
}

void TestWatch::showsTheirConnections()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    CaptureWindow window(CaptureInterface::at(QHostAddress::LocalHost), server.serverPort());
    window.show();
    QCOMPARE(window.windowTitle(), QStringLiteral("Port %1 · TCP Steps").arg(server.serverPort()));
    ConversationCapture &capture = *window.findChild<CaptureControl *>();
    QTRY_VERIFY(capture.isRunning() || capture.problem());
    if (capture.problem())
        SKIP_OR_FAIL(capture.problem()->reason);

    auto *flows = part<QComboBox>(window, "flowCombo");
    QVERIFY(!flows->isEnabled());
    converse(server, "first");
    QTRY_COMPARE(flows->count(), 1);
    QVERIFY(flows->currentText().endsWith(QStringLiteral("→ 127.0.0.1:%1").arg(server.serverPort())));
    const auto isOver = [&] { return headings(window).filter(" wave").size() == 1; };
    QTRY_VERIFY(isOver());
    QCOMPARE(headings(window).mid(0, 2), (QStringList{"# The TCP three-way handshake", "# Send / Recv data"}));
    const LadderModel &ladder = window.findChild<SequencePane *>()->model();
    QVERIFY(ladder.count() > 5);
    QCOMPARE(LadderRows::make(ladder, LadderIndex(3)).kind, LadderRow::Kind::Segment);
    QVERIFY(LadderRows::make(ladder, LadderIndex(3)).carriesBytes);

    converse(server, "second");
    QTRY_COMPARE(flows->count(), 2);
    QCOMPARE(flows->currentIndex(), 0); // what one looks at stays
    flows->setCurrentIndex(1);
    QTRY_VERIFY(isOver());

    auto *menu = window.findChild<SessionMenu *>();
    QSignalSpy exported(menu, &SessionMenu::exported);
    menu->exportTo(m_folder.filePath("watched.pcapng"));
    QTRY_COMPARE(exported.size(), 1);
    CaptureFile file(m_folder.filePath("watched.pcapng"));
    std::vector<Segment> segments;
    while (file.read(1000, segments) == CaptureFile::State::More) { }
    QVERIFY(segments.size() >= 16);
    QVERIFY(std::any_of(segments.begin(), segments.end(), [](const Segment &segment) { return segment.length == 6; }));
}

/// tst_capture makes the kernel drop segments; what the capture says of it is given here.
void TestWatch::saysWhatTheKernelDropped()
{
    CaptureWindow window("no-such-interface", 8701);
    window.show();
    emit window.findChild<CaptureControl *>()->dropped("The kernel has dropped 3 segments");
    const auto labels = window.findChildren<QLabel *>("statusText");
    QVERIFY(std::any_of(labels.begin(), labels.end(),
                        [](const QLabel *label) { return label->text().contains("3 segments"); }));
}

void TestWatch::saysWhatIsMissing()
{
    CaptureWindow window("no-such-interface", 8701);
    window.show();
    QTRY_VERIFY(window.findChild<CapturePanel *>());
    QVERIFY(!labelText(window, "captureReason").isEmpty());
    QVERIFY(labelText(window, "tcpdumpCommand").contains("port 8701"));
    QVERIFY(!noticeText(window).isEmpty());
    auto *tabs = window.findChild<QTabWidget *>();
    tabs->setCurrentIndex(0);
    QVERIFY(labelText(window, "captureReason").isEmpty());
    for (auto *button : window.findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->text() == "Show How")
            button->click();
    }
    QVERIFY(!labelText(window, "captureReason").isEmpty());

    auto *menu = window.findChild<SessionMenu *>();
    QSignalSpy failed(menu, &SessionMenu::failed);
    menu->exportTo(m_folder.filePath("nothing.pcapng"));
    QTRY_COMPARE(failed.size(), 1);
    const QString reason = window.findChild<CaptureControl *>()->problem()->reason;
    QVERIFY(!reason.isEmpty());
    QCOMPARE(failed.constFirst().constFirst().toString(), "Nothing to export: no segments were captured. " + reason);
    QCOMPARE(mnemonicClashes(window).join(u'\n'), QString());
}

void TestWatch::asksForAPort()
{
    QWidget owner;
    SessionMenu menu([] { return SessionMenu::Source(); }, &owner);
    WindowOpener::serve(menu);
    menu.findChild<QAction *>("watchAction")->trigger();
    auto *form = owner.findChild<QDialog *>();
    QVERIFY(form && form->isVisible() && !form->isModal());
    auto *watch = part<QAbstractButton>(*form, "watchButton");
    for (const QString &wrong : QStringList{"", "0", "65536", "http"}) {
        type(*form, "watchPort", wrong);
        QVERIFY2(!watch->isEnabled(), qPrintable(wrong));
        QVERIFY(!labelText(*form, "watchError").isEmpty());
    }
    QCOMPARE(mnemonicClashes(*form).join(u'\n'), QString());
    QCOMPARE(part<QComboBox>(*form, "watchWhere")->itemData(1).toString(), "any");
    type(*form, "watchPort", "8701");
    QVERIFY(labelText(*form, "watchError").isEmpty());
    watch->click();
    QTRY_VERIFY(!owner.findChild<QDialog *>());
    QVERIFY(opened() && opened()->isVisible());
    QCOMPARE(opened()->windowTitle(), "Port 8701 · TCP Steps");
}

/// What the button runs: whether the lab is possible, and then both programs in it. A stand-in for sh writes down its
/// last two arguments.
void TestWatch::opensThePairInTheLab()
{
    CaptureWindow window("no-such-interface", 8701);
    window.show();
    QTRY_VERIFY(window.findChild<CapturePanel *>());
    QVERIFY(!labelText(window, "captureReason").isEmpty());
    const QString calls = m_folder.filePath("calls");
    const auto standIn = [this](const QByteArray &script) {
        QFile file(m_folder.filePath("sh"));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("#!/bin/sh\n" + script);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    };
    const auto called = [&calls] {
        QFile file(calls);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    };
    const QByteArray path = qgetenv("PATH");
    const auto restore = qScopeGuard([&path] { qputenv("PATH", path); });
    qputenv("PATH", QFile::encodeName(m_folder.path()));

    standIn("echo 'a reason'; exit 1\n");
    click(window, "openLab");
    QTRY_VERIFY(labelText(window, "labError").contains("a reason"));
    standIn("for last; do before=$now; now=$last; done; echo \"$before $now\" >> '" + QFile::encodeName(calls) + "'\n");
    click(window, "openLab");
    const QString pair = LabLauncher::program("server_gui") + ' ' + LabLauncher::program("client_gui") + '\n';
    QTRY_COMPARE(called(), "lab --check\n" + pair);
    QCOMPARE(labelText(window, "labError"), QString());
}

REGISTER_TEST(TestWatch)
#include "tst_watch.moc"
