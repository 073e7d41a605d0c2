// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "server_gui/replymenu.h"
#include "server_gui/ruleswindow.h"
#include "support/keys.h"
#include "support/openwindows.h"
#include "support/registertest.h"
#include "ui/presets/presetstore.h"
#include "ui/presets/presetswindow.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QInputDialog>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace Keys;
using namespace WindowTools;

/// The windows of the rules and of the presets, without a mouse.
class TestEntryKeys : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void everyFieldOfARule();
    void ordersAndSwitches();
    void removesAndPutsBack();
    void triesAMessage();
    void rulesAsAFile();
    void savesAndSendsAPreset();
    void editsPresets();

private:
    RulesWindow *editRules();
    PresetsWindow *editPresets();
    static void add(const QWidget &window, const char *field, const QString &name);
    const QList<ReplyRule> &rules() const { return m_server->findChild<ReplyMenu *>()->rules().rules(); }
    QString names() const;

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ServerWindow> m_server;
    std::unique_ptr<ClientWindow> m_client;
};

REGISTER_TEST(TestEntryKeys)

void TestEntryKeys::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    m_server = OpenWindows::server(*m_sandbox);
    m_client = OpenWindows::client(*m_sandbox);
}

void TestEntryKeys::cleanup()
{
    m_client.reset();
    m_server.reset();
    m_sandbox.reset();
}

RulesWindow *TestEntryKeys::editRules()
{
    activate(*m_server);
    choose(Qt::ALT | Qt::Key_R, {Qt::Key_D}); // Edit Rules…
    auto *window = part<RulesWindow>(*m_server, "rulesWindow");
    waitFor(*window);
    return window;
}

PresetsWindow *TestEntryKeys::editPresets()
{
    activate(*m_client);
    tabTo(*m_client, "messageFormButton");
    choose(Qt::Key_Space, {Qt::Key_P, Qt::Key_E}); // Presets, Edit Presets…
    auto *window = part<PresetsWindow>(*m_client, "presetsWindow");
    waitFor(*window);
    return window;
}

void TestEntryKeys::add(const QWidget &window, const char *field, const QString &name)
{
    const auto *list = part<QTreeWidget>(window, "entryList");
    const int before = list->topLevelItemCount();
    press(Qt::ALT | Qt::Key_A); // Add
    QTRY_COMPARE(list->topLevelItemCount(), before + 1);
    QCOMPARE(QApplication::focusWidget(), part<QWidget>(window, field));
    enter(name);
}

QString TestEntryKeys::names() const
{
    QStringList names;
    for (const ReplyRule &rule : rules())
        names.append(rule.name);
    return names.join(u' ');
}

void TestEntryKeys::everyFieldOfARule()
{
    RulesWindow *window = editRules();
    add(*window, "ruleName", u"meter"_s);
    press(Qt::ALT | Qt::Key_W); // When
    for (int i = 0; i < 3; ++i)
        press(Qt::Key_Down); // a message matches the expression
    press(Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), part<QWidget>(*window, "ruleExpression"));
    enter(u"^MEAS (.)"_s);
    press(Qt::ALT | Qt::Key_X); // As text
    QTRY_VERIFY(part<QCheckBox>(*window, "ruleAsText")->isChecked());
    press(Qt::ALT | Qt::Key_L); // Reply
    press(Qt::Key_End);         // this message
    press(Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), part<QWidget>(*window, "ruleReply"));
    enter(u"\\g{1} V"_s);
    press(Qt::ALT | Qt::Key_U); // Use Escapes
    QTRY_COMPARE(rules().constFirst().reply.form, MessageForm::Escapes);
    press(Qt::ALT | Qt::Key_T); // Then
    write(u"h"_s);              // half-close
    press(Qt::ALT | Qt::Key_S); // Sent to
    press(Qt::Key_Down);
    press(Qt::ALT | Qt::Key_F); // After
    enter(u"250"_s);
    press(Qt::ALT | Qt::Key_P); // Pieces
    enter(u"1, 2"_s);
    press(Qt::ALT | Qt::Key_G); // Gap
    enter(u"7"_s);
    press(Qt::ALT | Qt::Key_H); // How often
    press(Qt::Key_Down);
    press(Qt::ALT | Qt::Key_M); // Times
    enter(u"3"_s);
    const ReplyRule expected{.id = rules().constFirst().id,
                             .name = u"meter"_s,
                             .when = ReplyRule::When::Matches,
                             .expression = u"^MEAS (.)"_s,
                             .asText = true,
                             .answer = ReplyRule::Answer::Message,
                             .reply = {.text = u"\\g{1} V"_s, .form = MessageForm::Escapes},
                             .then = ReplyRule::Then::HalfClose,
                             .delayMs = 250,
                             .pieces = {1, 2},
                             .gapMs = 7,
                             .often = ReplyRule::Often::First,
                             .times = 3,
                             .to = ReplyRule::To::All};
    QTRY_COMPARE(rules().constFirst(), expected);
    QCOMPARE(mnemonicClashes(*window).join(u'\n'), QString());
    press(Qt::ALT | Qt::Key_C); // Close
    QTRY_VERIFY(!m_server->findChild<RulesWindow *>());
}

void TestEntryKeys::ordersAndSwitches()
{
    RulesWindow *window = editRules();
    add(*window, "ruleName", u"one"_s);
    add(*window, "ruleName", u"two"_s);
    press(Qt::ALT | Qt::Key_V); // Move Up
    QTRY_COMPARE(names(), u"two one"_s);
    press(Qt::ALT | Qt::Key_O); // Move Down
    QTRY_COMPARE(names(), u"one two"_s);
    tabTo(*window, "entryList");
    press(Qt::Key_Up);
    press(Qt::Key_Space);
    QVERIFY(!rules().at(0).isEnabled && rules().at(1).isEnabled);
    press(Qt::Key_Space);
    QVERIFY(rules().at(0).isEnabled);
    press(Qt::Key_Return); // edits the selected one
    enter(u"first"_s);
    QTRY_COMPARE(names(), u"first two"_s);
    QVERIFY(part<QCheckBox>(*window, "rulesAnswer")->isChecked());
    press(Qt::ALT | Qt::Key_B); // Answer by these rules
    QTRY_COMPARE(m_server->findChild<ReplyMenu *>()->mode(), ReplyMode::Fixed);
    press(Qt::Key_Escape);
    QTRY_VERIFY(!m_server->findChild<RulesWindow *>());
}

void TestEntryKeys::removesAndPutsBack()
{
    RulesWindow *window = editRules();
    add(*window, "ruleName", u"one"_s);
    press(Qt::ALT | Qt::Key_D); // Duplicate
    QTRY_COMPARE(names(), u"one one"_s);
    press(Qt::ALT | Qt::Key_R); // Remove
    QTRY_COMPARE(names(), u"one"_s);
    press(Qt::ALT | Qt::Key_K); // Put Back
    QTRY_COMPARE(names(), u"one one"_s);
    press(Qt::ALT | Qt::Key_R);
    QTRY_COMPARE(rules().size(), 1);
    press(Qt::ALT | Qt::Key_R);
    QTRY_COMPARE(rules().size(), 0);
}

void TestEntryKeys::triesAMessage()
{
    RulesWindow *window = editRules();
    add(*window, "ruleName", u"one"_s);
    press(Qt::ALT | Qt::Key_W);
    press(Qt::Key_Tab); // "a message equals" is chosen
    enter(u"abc"_s);
    press(Qt::ALT | Qt::Key_Y); // Try a message
    enter(u"abc"_s);
    QTRY_VERIFY(labelText(*window, "trial").startsWith(u"Rule 1"_s));
}

void TestEntryKeys::rulesAsAFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"rules.json"_s);
    RulesWindow *window = editRules();
    add(*window, "ruleName", u"one"_s);
    press(Qt::ALT | Qt::Key_E); // Export…
    QTRY_VERIFY(qobject_cast<QFileDialog *>(QApplication::activeWindow()));
    enter(path);
    press(Qt::Key_Return);
    QTRY_COMPARE(labelText(*window, "entryNotice"), u"Rules exported to %1."_s.arg(path));
    activate(*window);
    press(Qt::ALT | Qt::Key_I); // Import…
    QTRY_VERIFY(qobject_cast<QFileDialog *>(QApplication::activeWindow()));
    enter(path);
    press(Qt::Key_Return);
    QTRY_COMPARE(names(), u"one one"_s);
}

void TestEntryKeys::savesAndSendsAPreset()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    activate(*m_client);
    press(Qt::ALT | Qt::Key_P);
    enter(QString::number(server.serverPort()));
    press(Qt::ALT | Qt::Key_G);
    enter(u"kept"_s);
    press(Qt::Key_Tab);
    choose(Qt::Key_Space, {Qt::Key_P, Qt::Key_S}); // Presets, Save as Preset…
    QTRY_VERIFY(qobject_cast<QInputDialog *>(QApplication::activeWindow()));
    enter(u"mine"_s);
    press(Qt::Key_Return);
    QTRY_COMPARE(std::get<QList<Preset>>(PresetStore::load()).size(), 1);
    activate(*m_client);
    press(Qt::ALT | Qt::Key_G);
    enter(u"another"_s);
    press(Qt::Key_Tab);
    choose(Qt::Key_Space, {Qt::Key_P, Qt::Key_Return}); // the first of the menu
    QTRY_VERIFY(server.hasPendingConnections());
    QTcpSocket *peer = server.nextPendingConnection();
    QTRY_COMPARE(peer->bytesAvailable(), 5);
    QCOMPARE(peer->readAll(), QByteArray("kept\0", 5));
}

void TestEntryKeys::editsPresets()
{
    PresetsWindow *window = editPresets();
    add(*window, "presetName", u"one"_s);
    press(Qt::ALT | Qt::Key_M); // Message
    enter(u"hello"_s);
    press(Qt::ALT | Qt::Key_W); // Ends with
    press(Qt::Key_Home);
    press(Qt::ALT | Qt::Key_H); // Host
    enter(u"localhost"_s);
    press(Qt::ALT | Qt::Key_P); // Port
    enter(u"7"_s);
    const auto stored = [] { return std::get<QList<Preset>>(PresetStore::load()); };
    QCOMPARE(stored().constFirst().name, u"one"_s);
    QCOMPARE(stored().constFirst().message, TypedMessage{.text = u"hello"_s});
    QCOMPARE(stored().constFirst().host, u"localhost"_s);
    QCOMPARE(stored().constFirst().port, 7);
    add(*window, "presetName", u"two"_s);
    press(Qt::ALT | Qt::Key_V); // Move Up
    QTRY_COMPARE(stored().at(1).name, u"one"_s);
    press(Qt::ALT | Qt::Key_R); // Remove
    QTRY_COMPARE(stored().size(), 1);
    press(Qt::ALT | Qt::Key_R);
    QTRY_COMPARE(stored().size(), 0);
    press(Qt::ALT | Qt::Key_K); // Put Back
    QTRY_COMPARE(stored().size(), 1);
    QCOMPARE(stored().constFirst().name, u"one"_s);
}

#include "tst_entrykeys.moc"
