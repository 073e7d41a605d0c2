// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "server_gui/replymenu.h"
#include "server_gui/ruleswindow.h"
#include "server_gui/serverwindow.h"
#include "support/registertest.h"
#include "support/windowtools.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPushButton>
#include <QSpinBox>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTreeWidget>

using namespace WindowTools;

/// The window of the rules, opened from the server's window; its clients are plain sockets.
class TestRulesWindow : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void newRuleAnswers();
    void countsAndSwitches();
    void ordersAndCopies();
    void putsBackWhatWasRemoved();
    void hintsAtEscapes();
    void fitsSmallScreens();
    void mistakesStandByTheirFields();
    void showsWhatMatters();
    void triesAMessage();
    void importsAndExports();
    void showsTheRulesOfAFile();
    void answersOnlyIfChosen();

private:
    RulesWindow *edit();
    QTreeWidgetItem *item(int row) { return part<QTreeWidget>(*edit(), "entryList")->topLevelItem(row); }
    void choose(const char *name, int index) { part<QComboBox>(*edit(), name)->setCurrentIndex(index); }
    const QList<ReplyRule> &rules() { return m_window->findChild<ReplyMenu *>()->rules().rules(); }
    QString label(const char *name) { return part<QLabel>(*edit(), name)->text(); }
    QByteArray ask(const QByteArray &message);

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ServerWindow> m_window;
    std::unique_ptr<QTcpSocket> m_peer;
};

REGISTER_TEST(TestRulesWindow)

void TestRulesWindow::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    ServerOptions options;
    options.port = quint16(0);
    options.replyDelayMs = 0;
    options.sessionPath = m_sandbox->sessionPath(QStringLiteral("server"));
    m_window = std::make_unique<ServerWindow>(options);
    m_window->show();
}

void TestRulesWindow::cleanup()
{
    m_peer.reset();
    m_window.reset();
    m_sandbox.reset();
}

RulesWindow *TestRulesWindow::edit()
{
    if (auto *window = m_window->findChild<RulesWindow *>())
        return window;
    part<QAction>(*m_window, "editRules")->trigger();
    return part<RulesWindow>(*m_window, "rulesWindow");
}

/// What the server answers on one connection, without the NUL.
QByteArray TestRulesWindow::ask(const QByteArray &message)
{
    if (!m_peer) {
        click(*m_window, "startButton");
        [this] { QTRY_VERIFY(listeningOn(*m_window).contains(QStringLiteral("127.0.0.1:"))); }();
        m_peer = std::make_unique<QTcpSocket>();
        const quint16 port = listeningOn(*m_window).section(QLatin1Char(':'), -1).toUShort();
        m_peer->connectToHost(QStringLiteral("127.0.0.1"), port);
    }
    m_peer->write(message + '\0');
    QByteArray answer;
    [&] { QTRY_VERIFY((answer += m_peer->read(m_peer->bytesAvailable())).endsWith('\0')); }();
    return answer.chopped(1);
}

/// The first rule of an empty list answers at once.
void TestRulesWindow::newRuleAnswers()
{
    QVERIFY(!part<QCheckBox>(*edit(), "rulesAnswer")->isEnabled());
    click(*edit(), "addEntry");
    QVERIFY(part<QCheckBox>(*edit(), "rulesAnswer")->isChecked());
    choose("ruleWhen", int(ReplyRule::When::Matches));
    type(*edit(), "ruleExpression", QStringLiteral("^MEAS\\? (\\d+)"));
    part<MessageEdit>(*edit(), "ruleReply")->setTyped({.text = "\\g{1}.5 V", .form = MessageForm::Escapes});
    QCOMPARE(label("ruleReplyError"), QString());
    QCOMPARE(ask("MEAS? 12"), QByteArray("12.5 V"));
    QCOMPARE(ask("other"), QByteArray("Hi, client!"));
    type(*edit(), "ruleExpression", QStringLiteral("^oth")); // takes effect with the next message
    part<MessageEdit>(*edit(), "ruleReply")->setTyped({.text = "new"});
    QCOMPARE(ask("other"), QByteArray("new"));
}

void TestRulesWindow::countsAndSwitches()
{
    m_window->findChild<ReplyMenu *>()->rules().load(
        {{.message = {.text = "a"}, .reply = {.text = "1"}}, {.message = {.text = "b"}, .reply = {.text = "2"}}});
    QCOMPARE(item(1)->text(0), QStringLiteral("2. equals “b”"));
    QCOMPARE(item(1)->text(1), QStringLiteral("0"));
    QCOMPARE(ask("b"), QByteArray("2"));
    QCOMPARE(ask("b"), QByteArray("2"));
    QTRY_COMPARE(item(1)->text(1), QStringLiteral("2"));
    QCOMPARE(item(0)->text(1), QStringLiteral("0"));
    click(*edit(), "moveDown"); // the count moves with its rule
    QCOMPARE(item(0)->text(0), QStringLiteral("1. equals “b”"));
    QCOMPARE(item(0)->text(1), QStringLiteral("2"));
    item(0)->setCheckState(0, Qt::Unchecked);
    QVERIFY(!rules().at(0).isEnabled);
    QCOMPARE(ask("b"), QByteArray("Hi, client!"));
    item(0)->setCheckState(0, Qt::Checked);
    QCOMPARE(ask("b"), QByteArray("2"));
    QTRY_COMPARE(item(0)->text(1), QStringLiteral("3"));
}

void TestRulesWindow::ordersAndCopies()
{
    click(*edit(), "addEntry");
    type(*edit(), "ruleName", QStringLiteral("one"));
    click(*edit(), "addEntry");
    type(*edit(), "ruleName", QStringLiteral("two"));
    QCOMPARE(item(1)->text(0), QStringLiteral("2. two"));
    QVERIFY(!part<QPushButton>(*edit(), "moveDown")->isEnabled());
    click(*edit(), "moveUp");
    QCOMPARE(rules().at(0).name, QStringLiteral("two"));
    QCOMPARE(item(1)->text(0), QStringLiteral("2. one"));
    click(*edit(), "duplicateEntry");
    QCOMPARE(rules().at(1).name, QStringLiteral("two"));
    QVERIFY(rules().at(0).id != rules().at(1).id);
    const auto *exports = part<QPushButton>(*edit(), "exportEntries");
    QVERIFY(exports->isEnabled());
    while (!rules().isEmpty())
        click(*edit(), "removeEntry");
    QVERIFY(!part<QWidget>(*edit(), "ruleName")->isEnabled());
    QVERIFY(!exports->isEnabled());
    QCOMPARE(m_window->findChild<ReplyMenu *>()->mode(), ReplyMode::Fixed);
}

void TestRulesWindow::putsBackWhatWasRemoved()
{
    m_window->findChild<ReplyMenu *>()->rules().load({{.name = "one"}, {.name = "two"}, {.name = "three"}});
    edit()->select(1);
    click(*edit(), "removeEntry");
    QCOMPARE(rules().size(), 2);
    QCOMPARE(label("entryNotice"), QStringLiteral("Removed: 2. two"));
    click(*edit(), "putBack");
    QCOMPARE(rules().size(), 3);
    QCOMPARE(rules().at(1).name, QStringLiteral("two"));
    QCOMPARE(label("entryNotice"), QString());
    QVERIFY(!edit()->findChild<QPushButton *>("putBack")->isVisible());
    click(*edit(), "removeEntry");
    type(*edit(), "ruleName", QStringLiteral("new")); // what was said is over with the next change
    QCOMPARE(label("entryNotice"), QString());
    QVERIFY(!edit()->findChild<QPushButton *>("putBack")->isVisible());
}

/// Text is sent as it is, so a capture needs escapes.
void TestRulesWindow::hintsAtEscapes()
{
    click(*edit(), "addEntry");
    choose("ruleWhen", int(ReplyRule::When::Matches));
    type(*edit(), "ruleExpression", QStringLiteral("(\\d+)"));
    QVERIFY(!edit()->findChild<QPushButton *>("ruleUseEscapes")->isVisible());
    auto *reply = part<MessageEdit>(*edit(), "ruleReply");
    reply->setTyped({.text = "\\g{1}.5 V"});
    QCOMPARE(label("ruleReplyError"), QStringLiteral("A backslash is sent as it is."));
    click(*edit(), "ruleUseEscapes");
    QCOMPARE(rules().at(0).reply, (TypedMessage{.text = "\\g{1}.5 V", .form = MessageForm::Escapes}));
    QCOMPARE(label("ruleReplyError"), QString());
    QVERIFY(!edit()->findChild<QPushButton *>("ruleUseEscapes")->isVisible());
}

void TestRulesWindow::fitsSmallScreens()
{
    const QSize smallest = edit()->minimumSizeHint();
    QVERIFY2(smallest.width() <= 640 && smallest.height() <= 440, qPrintable(QDebug::toString(smallest)));
}

void TestRulesWindow::mistakesStandByTheirFields()
{
    click(*edit(), "addEntry");
    choose("ruleWhen", int(ReplyRule::When::Matches));
    type(*edit(), "ruleExpression", QStringLiteral("(a"));
    QCOMPARE(label("ruleWhenError"), QStringLiteral("Character 3 of the expression: missing closing parenthesis"));
    QVERIFY2(item(0)->text(0).startsWith(QStringLiteral("Not used: 1. ")), qPrintable(item(0)->text(0)));
    QCOMPARE(ask("(a"), QByteArray("Hi, client!"));
    type(*edit(), "ruleExpression", QStringLiteral("a"));
    QCOMPARE(label("ruleWhenError"), QString());
    part<MessageEdit>(*edit(), "ruleReply")->setTyped({.text = "\\g{1}", .form = MessageForm::Escapes});
    QVERIFY(!label("ruleReplyError").isEmpty()); // the expression has no group
    type(*edit(), "ruleExpression", QStringLiteral("(a)"));
    QCOMPARE(label("ruleReplyError"), QString());
    type(*edit(), "rulePieces", QStringLiteral("1, x"));
    QCOMPARE(label("ruleReplyError"), QStringLiteral("Enter up to 1000 sizes in bytes, such as 1, 2."));
    type(*edit(), "rulePieces", QStringLiteral("1 2"));
    QCOMPARE(label("ruleReplyError"), QString());
    QCOMPARE(rules().at(0).pieces, (QList<int>{1, 2}));
    choose("ruleWhen", int(ReplyRule::When::Accept));
    choose("ruleAnswer", int(ReplyRule::Answer::Echo));
    QCOMPARE(label("ruleReplyError"), QStringLiteral("An event has no message to echo."));
}

void TestRulesWindow::showsWhatMatters()
{
    click(*edit(), "addEntry");
    const auto isVisible = [this](const char *name) { return part<QWidget>(*edit(), name)->isVisible(); };
    QVERIFY(isVisible("ruleMessage"));
    QVERIFY(!isVisible("ruleExpression"));
    QVERIFY(!isVisible("ruleTime"));
    choose("ruleWhen", int(ReplyRule::When::Matches));
    QVERIFY(!isVisible("ruleMessage"));
    QVERIFY(isVisible("ruleExpression"));
    choose("ruleWhen", int(ReplyRule::When::Every));
    QVERIFY(!isVisible("ruleExpression"));
    QVERIFY(isVisible("ruleTime"));
    part<QSpinBox>(*edit(), "ruleTime")->setValue(250);
    QCOMPARE(item(0)->text(0), QStringLiteral("1. every 250 ms"));
    choose("ruleAnswer", int(ReplyRule::Answer::None));
    QVERIFY(!part<QWidget>(*edit(), "ruleReply")->isEnabled());
}

void TestRulesWindow::triesAMessage()
{
    m_window->findChild<ReplyMenu *>()->rules().load({{.message = {.text = "a"},
                                                       .reply = {.text = "{counter}", .form = MessageForm::Escapes},
                                                       .then = ReplyRule::Then::Close},
                                                      {.name = "late",
                                                       .when = ReplyRule::When::Begins,
                                                       .message = {.text = "b"},
                                                       .answer = ReplyRule::Answer::None,
                                                       .often = ReplyRule::Often::From,
                                                       .times = 3}});
    part<MessageEdit>(*edit(), "triedMessage")->setTyped({.text = "a"});
    QTRY_COMPARE(label("trial"), QStringLiteral("Rule 1 answers “1” (1 B). Then it closes the connection."));
    part<MessageEdit>(*edit(), "triedMessage")->setTyped({.text = "bc"});
    QTRY_COMPARE(label("trial"), QStringLiteral("Rule 2 (late) fits and sends nothing. It answers from time 3 on."));
    part<MessageEdit>(*edit(), "triedMessage")->setTyped({.text = "c"});
    QTRY_COMPARE(label("trial"), QStringLiteral("No rule fits. The reply in the server's window answers."));
    type(*edit(), "ruleMessage", QStringLiteral("c")); // of the first rule
    QTRY_COMPARE(label("trial"), QStringLiteral("Rule 1 answers “1” (1 B). Then it closes the connection."));
    part<MessageEdit>(*edit(), "triedMessage")->setTyped({.text = "0", .form = MessageForm::Hex});
    QTRY_COMPARE(label("trial"), QStringLiteral("A byte has two hexadecimal digits."));
    QCOMPARE(item(0)->text(1), QStringLiteral("0")); // it was not a message of a client
}

void TestRulesWindow::importsAndExports()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("rules.json"));
    click(*edit(), "addEntry");
    type(*edit(), "ruleName", QStringLiteral("one"));
    edit()->exportFile(path);
    QTRY_COMPARE(label("entryNotice"), QStringLiteral("Rules exported to %1.").arg(path));
    edit()->importFile(path);
    QTRY_COMPARE(label("entryNotice"), QStringLiteral("Imported 1 rule from %1.").arg(path));
    QCOMPARE(rules().size(), 2);
    QCOMPARE(rules().at(1).name, QStringLiteral("one"));
    QVERIFY(rules().at(0).id != rules().at(1).id);
    edit()->importFile(QStringLiteral("/dev/null"));
    QTRY_VERIFY(label("entryNotice").startsWith(QStringLiteral("/dev/null: ")));
    QCOMPARE(rules().size(), 2);
}

void TestRulesWindow::showsTheRulesOfAFile()
{
    QVERIFY(edit());
    m_window->findChild<ReplyMenu *>()->openFile(QStringLiteral(EXAMPLES "/../rules/meter.json"));
    QTRY_COMPARE(part<QTreeWidget>(*edit(), "entryList")->topLevelItemCount(), 5);
    QCOMPARE(item(0)->text(0), QStringLiteral("1. greeting"));
    edit()->select(4);
    QCOMPARE(part<QComboBox>(*edit(), "ruleThen")->currentIndex(), int(ReplyRule::Then::Close));
    QCOMPARE(part<MessageEdit>(*edit(), "ruleMessage")->typed().text, QStringLiteral("BYE"));
}

void TestRulesWindow::answersOnlyIfChosen()
{
    m_window->findChild<ReplyMenu *>()->rules().load({{.message = {.text = "a"}, .reply = {.text = "1"}}});
    QCOMPARE(ask("a"), QByteArray("1"));
    part<QCheckBox>(*edit(), "rulesAnswer")->click();
    QCOMPARE(ask("a"), QByteArray("Hi, client!"));
    part<QAction>(*m_window, "replyMode1")->trigger();
    QVERIFY(part<QCheckBox>(*edit(), "rulesAnswer")->isChecked());
    QCOMPARE(ask("a"), QByteArray("1"));
}

#include "tst_ruleswindow.moc"
