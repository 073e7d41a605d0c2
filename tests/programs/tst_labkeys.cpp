// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "link/linkclient.h"
#include "support/fakelink.h"
#include "support/keys.h"
#include "support/openwindows.h"
#include "support/registertest.h"
#include "ui/tools/uitools.h"

#include <QComboBox>
#include <QDialog>

using namespace Qt::StringLiterals;
using namespace Keys;
using namespace WindowTools;

/// The lab without a mouse: the strip of the network, its menu and rules, the choice of the end in Wire, and reading by
/// hand. The network is a control socket that only records the commands. (Keys of single packets: see packetactions.)
class TestLabKeys : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void strip();
    void stripByKeys();
    void menu_data();
    void menu();
    void ownRules();
    void seenAt();
    void lettersInWire_data();
    void lettersInWire();
    void stopsAndReadsAgain();

private:
    void hold();
    void record();
    QStringList commands() const { return m_link->commands.filter(QRegularExpression(u"^(?!.*\"record\")"_s)); }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<FakeLink> m_link;
    std::unique_ptr<ServerWindow> m_server;
    std::unique_ptr<ClientWindow> m_client;
};

REGISTER_TEST(TestLabKeys)

void TestLabKeys::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    m_server = OpenWindows::server(*m_sandbox); // without a network: only one window can use this one
    m_link = std::make_unique<FakeLink>();
    qputenv(LinkClient::socketVariable.data(), m_link->path().toLocal8Bit());
    m_client = OpenWindows::client(*m_sandbox);
    activate(*m_client);
    m_link->status(R"("rules": "", "holding": false, "held": 0)");
    QTRY_VERIFY(part<QWidget>(*m_client, "linkStrip")->isVisible());
}

void TestLabKeys::cleanup()
{
    qunsetenv(LinkClient::socketVariable.data());
    m_client.reset();
    m_server.reset();
    m_link.reset();
    m_sandbox.reset();
}

void TestLabKeys::hold()
{
    m_link->status(R"("rules": "hold", "holding": true, "held": 2)");
    QTRY_VERIFY(part<QWidget>(*m_client, "linkDeliver")->isEnabled());
}

/// The network says where it records the segments.
void TestLabKeys::record()
{
    const QByteArray file = EXAMPLES "/conversation.pcap";
    m_link->say(R"({"event": "recording", "files": [")" + file + R"(", ")" + file + R"("], "frames": [0, 0]})");
}

/// Tab visits the buttons, and Space presses them.
void TestLabKeys::strip()
{
    hold();
    for (const char *button : {"linkFlow", "linkHold", "linkDeliver", "linkLose"}) {
        tabTo(*m_client, button);
        press(Qt::Key_Space);
    }
    tabTo(*m_client, "linkLoseNext");
    choose(Qt::Key_Space, {Qt::Key_A}); // Server's SYN-ACK
    tabTo(*m_client, "linkConditions");
    choose(Qt::Key_Space, {Qt::Key_L}); // Lossy
    QTRY_COMPARE(commands(), (QStringList{uR"({"command":"release"})"_s, uR"({"command":"rules","rules":"hold"})"_s,
                                          uR"({"command":"deliver"})"_s, uR"({"command":"lose"})"_s,
                                          uR"({"command":"lose-next","from":"server","kind":"syn-ack"})"_s,
                                          uR"({"command":"rules","rules":"delay 20ms; loss 5%; hold"})"_s}));
}

/// Wherever the focus is.
void TestLabKeys::stripByKeys()
{
    hold();
    press(Qt::ALT | Qt::Key_G); // Message
    press(Qt::Key_F8);
    press(Qt::Key_F9);
    press(Qt::SHIFT | Qt::Key_F8);
    QTRY_COMPARE(commands(), (QStringList{uR"({"command":"deliver"})"_s, uR"({"command":"lose"})"_s,
                                          uR"({"command":"deliver-all"})"_s}));
}

void TestLabKeys::menu_data()
{
    QTest::addColumn<QList<Qt::Key>>("letters");
    QTest::addColumn<QString>("command");
    using Letters = QList<Qt::Key>;
    const auto holds = [](const char *rules) {
        return uR"({"command":"rules","rules":"%1"})"_s.arg(QLatin1StringView(rules));
    };
    QTest::newRow("flow") << Letters{Qt::Key_F} << uR"({"command":"release"})"_s;
    QTest::newRow("hold both ends") << Letters{Qt::Key_H, Qt::Key_B} << holds("hold");
    QTest::newRow("hold the client") << Letters{Qt::Key_H, Qt::Key_C} << holds("hold client");
    QTest::newRow("hold from a FIN") << Letters{Qt::Key_H, Qt::Key_I} << holds("hold from server fin");
    QTest::newRow("deliver") << Letters{Qt::Key_D} << uR"({"command":"deliver"})"_s;
    QTest::newRow("deliver all") << Letters{Qt::Key_A} << uR"({"command":"deliver-all"})"_s;
    QTest::newRow("lose") << Letters{Qt::Key_L} << uR"({"command":"lose"})"_s;
    QTest::newRow("lose the next FIN") << Letters{Qt::Key_N, Qt::Key_F}
                                       << uR"({"command":"lose-next","from":"client","kind":"fin"})"_s;
    QTest::newRow("conditions") << Letters{Qt::Key_C, Qt::Key_P} << holds("hold");
    QTest::newRow("patient timers") << Letters{Qt::Key_P} << uR"({"command":"patient","on":true})"_s;
}

void TestLabKeys::menu()
{
    QFETCH(const QList<Qt::Key>, letters);
    QFETCH(const QString, command);
    hold();
    choose(Qt::ALT | Qt::Key_B, letters);
    QTRY_COMPARE(commands(), QStringList{command});
}

void TestLabKeys::ownRules()
{
    choose(Qt::ALT | Qt::Key_B, {Qt::Key_C, Qt::Key_R}); // Conditions, Own Rules…
    waitFor(*part<QDialog>(*m_client, "linkRulesDialog"));
    enter(u"delay 10ms"_s);
    press(Qt::Key_Return); // another line
    write(u"drop server data 1"_s);
    press(Qt::Key_Tab);
    press(Qt::Key_Return); // OK
    QTRY_COMPARE(commands(), QStringList{uR"({"command":"rules","rules":"delay 10ms; drop server data 1"})"_s});
}

void TestLabKeys::seenAt()
{
    record();
    openTab(*m_client, u"Wire"_s);
    const auto *ends = part<QComboBox>(*m_client, "seenAt");
    QTRY_VERIFY(ends->isVisible());
    QCOMPARE(ends->currentIndex(), int(Side::Client));
    tabTo(*m_client, "seenAt");
    press(Qt::Key_Down);
    QCOMPARE(ends->currentIndex(), int(Side::Server));
    press(Qt::CTRL | Qt::Key_F); // another place
    QTRY_VERIFY(!ends->hasFocus());
}

void TestLabKeys::lettersInWire_data()
{
    QTest::addColumn<int>("width");
    QTest::newRow("narrow") << 683;
    QTest::newRow("wide") << 1200;
}

/// With everything that can be there: the strip, the menu, the form and Wire's controls.
void TestLabKeys::lettersInWire()
{
    QFETCH(const int, width);
    m_client->resize(width, 700);
    record();
    if (width < UiTools::wideWindow) {
        openTab(*m_client, u"Wire"_s);
    } else {
        QTRY_VERIFY(part<QTabBar>(*m_client, "viewTabs")->isVisible());
        tabTo(*m_client, "viewTabs");
        press(Qt::Key_Right);
    }
    QTRY_VERIFY(part<QComboBox>(*m_client, "seenAt")->isVisible());
    press(Qt::ALT | Qt::Key_M); // More
    QTRY_VERIFY(part<QWidget>(*m_client, "closeDelayEdit")->isVisible());
    QCOMPARE(mnemonicClashes(*m_client).join(u'\n'), QString());
}

void TestLabKeys::stopsAndReadsAgain()
{
    connectAndSend(*m_server, *m_client);
    press(Qt::CTRL | Qt::SHIFT | Qt::Key_S); // Stop Reading
    QTRY_COMPARE(lines(*m_client, u"Stopped reading"_s).size(), 1);
    waitForButton(*m_client, "readAgain");
    tabTo(*m_client, "readAgain");
    press(Qt::Key_Space);
    QTRY_COMPARE(lines(*m_client, u"Reading again"_s).size(), 1);
}

#include "tst_labkeys.moc"
