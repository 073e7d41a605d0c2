// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/fakelink.h"
#include "support/registertest.h"
#include "support/windowtools.h"
#include "ui/link/linkstrip.h"
#include "ui/status/statusline.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QMainWindow>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

using namespace WindowTools;

/// The strip of the emulated link in a window, with a control socket that only records the commands.
class TestLinkStrip : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void hiddenWithoutALink();
    void showsTheState();
    void holdsAndFlows();
    void byHandWithKeys();
    void losesTheNext();
    void conditions();
    void ownRules();
    void kernelSettings();
    void kernelTimers();
    void tellsWhatIsRefused();
    void hiddenWhenTheLinkIsGone();

private:
    void open();
    void status(const QByteArray &fields);
    void choose(const char *button, const QString &text);
    QToolButton *button(const char *name) { return part<QToolButton>(*m_window, name); }

    std::unique_ptr<FakeLink> m_link;
    std::unique_ptr<QMainWindow> m_window;
    LinkStrip *m_strip = nullptr;
};

REGISTER_TEST(TestLinkStrip)

void TestLinkStrip::init()
{
    m_link = std::make_unique<FakeLink>();
    qputenv(LinkClient::socketVariable.data(), m_link->path().toLocal8Bit());
    open();
}

void TestLinkStrip::cleanup()
{
    qunsetenv(LinkClient::socketVariable.data());
    m_window.reset();
    m_link.reset();
}

void TestLinkStrip::open()
{
    m_window = std::make_unique<QMainWindow>();
    m_strip = new LinkStrip(m_window.get());
    m_window->setCentralWidget(m_strip);
    m_window->menuBar()->addMenu(m_strip->menu());
    m_window->show();
}

/// What the link says of itself.
void TestLinkStrip::status(const QByteArray &fields)
{
    m_link->status(fields);
    [this] { QTRY_VERIFY(m_strip->isVisible()); }();
}

/// An item of a button's menu.
void TestLinkStrip::choose(const char *button, const QString &text)
{
    for (QAction *action : this->button(button)->menu()->actions()) {
        if (action->text().remove(u'&') == text)
            return action->trigger();
    }
    qFatal("no such action");
}

void TestLinkStrip::hiddenWithoutALink()
{
    qunsetenv(LinkClient::socketVariable.data());
    open();
    QVERIFY(!m_strip->isVisible());
    QVERIFY(!m_strip->menu()->menuAction()->isVisible());
}

void TestLinkStrip::showsTheState()
{
    QVERIFY(!m_strip->isVisible()); // until the link answers
    status(R"("rules": "", "holding": false, "held": 0)");
    QVERIFY(m_strip->menu()->menuAction()->isVisible());
    QVERIFY(button("linkFlow")->isChecked() && !button("linkHold")->isChecked());
    QVERIFY(!button("linkDeliver")->isEnabled() && !button("linkLose")->isEnabled());
    QCOMPARE(labelText(*m_window, "linkWaiting"), QString());
    status(R"("rules": "hold", "holding": true, "held": 1, "losingNext": ["client data"])");
    QTRY_COMPARE(labelText(*m_window, "linkWaiting"),
                 QStringLiteral("1 packet waits, the next client data will be lost"));
    QVERIFY(!button("linkFlow")->isChecked() && button("linkHold")->isChecked());
    QVERIFY(button("linkDeliver")->isEnabled() && button("linkLose")->isEnabled());
    status(R"("rules": "hold", "holding": true, "held": 1200)");
    QTRY_COMPARE(labelText(*m_window, "linkWaiting"), QStringLiteral("1,200 packets wait"));
}

/// The conditions stay.
void TestLinkStrip::holdsAndFlows()
{
    status(R"("rules": "loss 5%", "holding": false, "held": 0)");
    QTest::mouseClick(button("linkHold"), Qt::LeftButton);
    choose("linkHold", QStringLiteral("From the Server's Next FIN"));
    QTest::mouseClick(button("linkFlow"), Qt::LeftButton);
    QTRY_COMPARE(m_link->commands,
                 (QStringList{QStringLiteral(R"({"command":"rules","rules":"loss 5%; hold"})"),
                              QStringLiteral(R"({"command":"rules","rules":"loss 5%; hold from server fin"})"),
                              QStringLiteral(R"({"command":"release"})")}));
    // What the link has told counts, not what was clicked.
    QVERIFY(button("linkFlow")->isChecked() && !button("linkHold")->isChecked());
}

void TestLinkStrip::byHandWithKeys()
{
    status(R"("rules": "hold", "holding": true, "held": 2)");
    auto *field = new QLineEdit(m_window.get());
    field->show();
    field->setFocus();
    QTest::keyClick(field, Qt::Key_F8);
    QTest::keyClick(field, Qt::Key_F9);
    QTest::keyClick(field, Qt::Key_F8, Qt::ShiftModifier);
    QTRY_COMPARE(m_link->commands,
                 (QStringList{QStringLiteral(R"({"command":"deliver"})"), QStringLiteral(R"({"command":"lose"})"),
                              QStringLiteral(R"({"command":"deliver-all"})")}));
}

void TestLinkStrip::losesTheNext()
{
    status(R"("rules": "", "holding": false, "held": 0)");
    choose("linkLoseNext", QStringLiteral("Server's SYN-ACK"));
    QTRY_COMPARE(m_link->commands,
                 QStringList{QStringLiteral(R"({"command":"lose-next","from":"server","kind":"syn-ack"})")});
}

void TestLinkStrip::conditions()
{
    status(R"("rules": "hold client", "holding": true, "held": 0)");
    QTRY_COMPARE(button("linkConditions")->text(), QStringLiteral("Perfect"));
    choose("linkConditions", QStringLiteral("Lossy"));
    QTRY_COMPARE(m_link->commands,
                 QStringList{QStringLiteral(R"({"command":"rules","rules":"delay 20ms; loss 5%; hold client"})")});
    status(R"("rules": "delay 20ms; loss 5%; hold client", "holding": true, "held": 0)");
    QTRY_COMPARE(button("linkConditions")->text(), QStringLiteral("Lossy"));
    status(R"("rules": "drop client data 1", "holding": false, "held": 0)");
    QTRY_COMPARE(button("linkConditions")->text(), QStringLiteral("Own Rules"));
    QCOMPARE(button("linkConditions")->toolTip(), QStringLiteral("drop client data 1"));
}

void TestLinkStrip::ownRules()
{
    status(R"("rules": "loss 5%; hold client", "holding": true, "held": 0)");
    choose("linkConditions", QStringLiteral("Own Rules…"));
    auto *dialog = part<QDialog>(*m_window, "linkRulesDialog");
    auto *edit = part<QPlainTextEdit>(*dialog, "linkRulesEdit");
    auto *ok = dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    QCOMPARE(edit->toPlainText(), QStringLiteral("loss 5%"));
    edit->setPlainText(QStringLiteral("delay 10ms\nloss 200%"));
    QVERIFY(!ok->isEnabled());
    QVERIFY(labelText(*dialog, "linkRulesError").contains(QStringLiteral("from 0% to 100%")));
    edit->setPlainText(QStringLiteral("delay 10ms\ndrop server data 1"));
    QCOMPARE(labelText(*dialog, "linkRulesError"), QString());
    QTest::mouseClick(ok, Qt::LeftButton);
    QTRY_COMPARE(
        m_link->commands,
        QStringList{QStringLiteral(R"({"command":"rules","rules":"delay 10ms; drop server data 1; hold client"})")});
}

void TestLinkStrip::kernelSettings()
{
    status(R"("rules": "", "patient": true, "congestionControls": ["reno", "cubic"], )"
           R"("settings": ["net.ipv4.tcp_congestion_control = cubic"])");
    QTRY_COMPARE(labelText(*m_window, "linkWaiting"), QStringLiteral("patient timers"));
    const auto actionOf = [](const QMenu &menu, const QString &text) {
        const auto actions = menu.actions();
        for (QAction *action : actions) {
            if (action->text().remove(u'&') == text)
                return action;
        }
        return static_cast<QAction *>(nullptr);
    };
    QAction *patient = actionOf(*m_strip->menu(), QStringLiteral("Patient Timers"));
    QVERIFY(patient->isChecked());
    const QMenu *congestion = actionOf(*m_strip->menu(), QStringLiteral("Congestion Control"))->menu();
    QVERIFY(actionOf(*congestion, QStringLiteral("cubic"))->isChecked());
    QVERIFY(!actionOf(*congestion, QStringLiteral("reno"))->isChecked());
    patient->trigger();
    actionOf(*congestion, QStringLiteral("reno"))->trigger();
    QTRY_COMPARE(m_link->commands, (QStringList{QStringLiteral(R"({"command":"patient","on":false})"),
                                                QStringLiteral(R"({"command":"congestion-control","name":"reno"})")}));
}

/// While something is held, the kernel's timers run on.
void TestLinkStrip::kernelTimers()
{
    status(R"("rules": "", "held": 0)");
    m_strip->setKernelTimers(QStringLiteral("this end sends again in 2 s"));
    QCOMPARE(labelText(*m_window, "linkWaiting"), QString());
    status(R"("rules": "hold", "holding": true, "held": 2)");
    QTRY_COMPARE(labelText(*m_window, "linkWaiting"), QStringLiteral("2 packets wait, this end sends again in 2 s"));
    // A long text does not make the window wider, and can be read in full.
    const int width = m_window->minimumSizeHint().width();
    const QString both = QStringLiteral("this end sends again in 12 s, the other end sends again in 15 s");
    m_strip->setKernelTimers(both);
    QVERIFY(part<QLabel>(*m_window, "linkWaiting")->toolTip().contains(both));
    QTRY_COMPARE(m_window->minimumSizeHint().width(), width);
    QVERIFY(width < 640);
}

void TestLinkStrip::tellsWhatIsRefused()
{
    status(R"("rules": "", "holding": false, "held": 0)");
    StatusLine notices;
    notices.setVisible(true);
    m_strip->tellIn(notices);
    m_link->say("{\"error\": \"There is no such packet on its way.\"}\nno JSON");
    QTRY_COMPARE(noticeText(notices), QStringLiteral("There is no such packet on its way."));
}

void TestLinkStrip::hiddenWhenTheLinkIsGone()
{
    status(R"("rules": "hold", "holding": true, "held": 2)");
    m_link->go();
    QTRY_VERIFY(!m_strip->isVisible());
    QVERIFY(!m_strip->menu()->menuAction()->isVisible());
}

#include "tst_linkstrip.moc"
