// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ui/wire/capturepanel.h"

#include "support/registertest.h"
#include "support/windowtools.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>

/// What the panel shows and does when segments are not captured.
class TestCapturePanel : public QObject
{
    Q_OBJECT

private slots:
    void says_data();
    void says();
    void copies();
    void buttonsAreSignals();
    void labErrorComesAndGoes();
    void everythingHasAKeyAndAName();
};

using namespace WindowTools;

namespace {

const CaptureProblem notAMember{.isForbidden = true,
                                .reason = "alice is not a member.",
                                .commands = {"sudo usermod -aG wireshark alice", "sudo something"},
                                .afterwards = "Then log out and in again."};

void show(CapturePanel &panel)
{
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
}

} // namespace

void TestCapturePanel::says_data()
{
    QTest::addColumn<CaptureProblem>("problem");

    QTest::newRow("something to do") << notAMember;
    QTest::newRow("nothing to do") << CaptureProblem{.isForbidden = true, .reason = "Nothing can capture here."};
}

void TestCapturePanel::says()
{
    QFETCH(const CaptureProblem, problem);
    CapturePanel panel;
    panel.setProblem(notAMember); // and then a different problem
    panel.setProblem(problem);
    panel.setPort(8701);
    show(panel);
    QCOMPARE(labelText(panel, "captureReason"), problem.reason);
    QCOMPARE(labelText(panel, "captureCommands"), problem.commands.join('\n'));
    QCOMPARE(labelText(panel, "captureAfterwards"), problem.afterwards);
    QCOMPARE(part<QAbstractButton>(panel, "copyCaptureCommands")->isVisible(), !problem.commands.isEmpty());
    QCOMPARE(labelText(panel, "tcpdumpCommand"), "sudo tcpdump -i any -U -w /tmp/tcp-steps-8701.pcap tcp port 8701");
    QCOMPARE(panel.suggestedFile(), "/tmp/tcp-steps-8701.pcap");
}

void TestCapturePanel::copies()
{
    CapturePanel panel;
    panel.setProblem(notAMember);
    show(panel);
    click(panel, "copyCaptureCommands");
    QCOMPARE(QGuiApplication::clipboard()->text(), notAMember.commands.join('\n'));
    click(panel, "copyTcpdump");
    QCOMPARE(QGuiApplication::clipboard()->text(), CaptureAdvice::tcpdumpCommand(8700));
}

void TestCapturePanel::buttonsAreSignals()
{
    CapturePanel panel;
    show(panel);
    QSignalSpy openCapture(&panel, &CapturePanel::openCaptureRequested);
    QSignalSpy openLab(&panel, &CapturePanel::openLabRequested);
    click(panel, "openCapture");
    QCOMPARE(openCapture.count(), 1);
    QCOMPARE(openLab.count(), 0);
    click(panel, "openLab");
    QCOMPARE(openLab.count(), 1);
}

void TestCapturePanel::labErrorComesAndGoes()
{
    CapturePanel panel;
    show(panel);
    QCOMPARE(labelText(panel, "labError"), "");
    panel.setLabError("The lab is forbidden.");
    QCOMPARE(labelText(panel, "labError"), "The lab is forbidden.");
    click(panel, "openLab"); // it is tried again
    QCOMPARE(labelText(panel, "labError"), "");
}

void TestCapturePanel::everythingHasAKeyAndAName()
{
    CapturePanel panel;
    panel.setProblem(notAMember);
    show(panel);
    for (const auto *button : panel.findChildren<QAbstractButton *>())
        QVERIFY2(!button->shortcut().isEmpty() && !button->toolTip().isEmpty(), qPrintable(button->objectName()));
    for (const char *name : {"captureCommands", "tcpdumpCommand"})
        QVERIFY(!part<QLabel>(panel, name)->accessibleName().isEmpty());
    QCOMPARE(mnemonicClashes(panel), QStringList());
}

REGISTER_TEST(TestCapturePanel)
#include "tst_capturepanel.moc"
