// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/registertest.h"
#include "support/windowtools.h"
#include "ui/status/conversationnotices.h"
#include "ui/status/statusline.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace WindowTools;

/// The line that says what is most important now, on its own.
class StatusLineTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void theMostImportantIsShown();
    void theHeightNeverChanges();
    void whatHasHappenedLeavesByItself();
    void itStaysWhileSomethingElseIsShown();
    void noticesOfConnectionsAreGathered();
    void manyNoticesAreFew();
    void replacedNoticeComesToTheFront();
    void replacedNoticeKeepsItsButtons();
    void aLongTextOpensInFull();
    void theFocusIsGivenBack();
    void returnPressesTheFocusedButton();

private:
    QString moreText() const;
    QString levelShown() const;

    std::unique_ptr<StatusLine> m_line;
};

namespace {

Step makeEvent(StepKind kind, int connection)
{
    Step step;
    step.kind = kind;
    step.connection = connection;
    return step;
}

ConnectionStatus replyDue()
{
    ConnectionStatus status;
    status.repliesDue = 1;
    status.replyDueUs = StepTime::now().monotonicUs + 60'000'000;
    return status;
}

Notice holding(const QString &key)
{
    return {.key = key, .kind = Notice::Kind::Holding, .level = Notice::Level::Error, .text = key};
}

Notice question(const QString &key)
{
    return {.key = key, .kind = Notice::Kind::Question, .text = key};
}

Notice past(const QString &key)
{
    return {.key = key, .text = key};
}

} // namespace

void StatusLineTest::init()
{
    m_line = std::make_unique<StatusLine>();
    m_line->resize(600, m_line->height());
    QCursor::setPos(0, 0); // under the mouse, notices about the past would stay
    m_line->move(100, 100);
    static_cast<QWidget *>(m_line.get())->show();
}

QString StatusLineTest::moreText() const
{
    const auto *more = part<QToolButton>(*m_line, "statusMore");
    return more->isVisible() ? more->text() : QString();
}

QString StatusLineTest::levelShown() const
{
    const auto *icon = part<QLabel>(*m_line, "statusIcon");
    return icon->isVisible() && !icon->pixmap().isNull() ? icon->accessibleName() : QString();
}

void StatusLineTest::theMostImportantIsShown()
{
    m_line->setActivity("Listening on 127.0.0.1:8700");
    QCOMPARE(statusText(*m_line), "Listening on 127.0.0.1:8700");
    m_line->show(past("past"));
    QCOMPARE(statusText(*m_line), "past");
    m_line->setPending(replyDue());
    QVERIFY2(statusText(*m_line).startsWith("Reply due in "), qPrintable(statusText(*m_line)));
    QVERIFY(part<QPushButton>(*m_line, "replyNow")->isVisible());
    m_line->show(question("question"));
    QCOMPARE(statusText(*m_line), "question");
    QVERIFY(!part<QPushButton>(*m_line, "replyNow")->isVisible());
    m_line->show(holding("holding"));
    QCOMPARE(statusText(*m_line), "holding");
    m_line->show(question("another question"));
    QCOMPARE(statusText(*m_line), "holding");
    QCOMPARE(moreText(), "+3");

    m_line->remove("holding");
    QCOMPARE(statusText(*m_line), "another question");
    click(*m_line, "dismissNotice");
    QCOMPARE(statusText(*m_line), "question");
    click(*m_line, "dismissNotice");
    QVERIFY(statusText(*m_line).startsWith("Reply due in "));
    m_line->setPending({});
    QCOMPARE(statusText(*m_line), "past");
    m_line->remove("past");
    QCOMPARE(statusText(*m_line), "Listening on 127.0.0.1:8700");
}

void StatusLineTest::theHeightNeverChanges()
{
    const int height = m_line->height();
    Notice notice = question("A question that is much too long for a line. " + QString("words ").repeated(100));
    notice.actions = {{"One", [] {}}, {"Other", [] {}}};
    m_line->show(notice);
    QCOMPARE(m_line->height(), height);
    QVERIFY(m_line->minimumSizeHint().height() <= height); // its content fits
    for (const auto *button : m_line->findChildren<QAbstractButton *>()) {
        if (button->isVisible())
            QVERIFY2(button->height() <= height, qPrintable(button->objectName()));
    }
    QVERIFY(m_line->minimumSizeHint().width() < 600);
}

void StatusLineTest::whatHasHappenedLeavesByItself()
{
    m_line->setPassingMs(300);
    m_line->show(past("one"));
    m_line->show(past("two"));
    QCOMPARE(statusText(*m_line), "two");
    QTRY_COMPARE(statusText(*m_line), "one");
    QTRY_COMPARE(statusText(*m_line), QString());
    m_line->show(holding("error"));
    m_line->show(past("three"));
    m_line->remove("error");
    QTRY_COMPARE(statusText(*m_line), QString());
}

void StatusLineTest::itStaysWhileSomethingElseIsShown()
{
    m_line->setPassingMs(1);
    m_line->setPending(replyDue());
    m_line->show(past("seen by nobody yet"));
    QTest::qWait(0);
    QTRY_VERIFY(statusText(*m_line).startsWith("Reply due in "));
    QVERIFY(m_line->contains("seen by nobody yet"));
    m_line->setPending({});
    QCOMPARE(statusText(*m_line), "seen by nobody yet");
    QTRY_VERIFY(!m_line->contains("seen by nobody yet"));
}

void StatusLineTest::noticesOfConnectionsAreGathered()
{
    const auto show = [this](StepKind kind, int connection) {
        if (auto notice = ConversationNotices::forStep(makeEvent(kind, connection)))
            m_line->show(std::move(*notice));
    };
    show(StepKind::ResetByPeer, 1);
    QCOMPARE(noticeText(*m_line), "#1: Reset by the peer");
    show(StepKind::ResetByPeer, 17);
    show(StepKind::PeerFinished, 18);
    QCOMPARE(noticeText(*m_line), "#17: Reset by the peer (and 1 more)");
    QCOMPARE(moreText(), QString());
    show(StepKind::Undelivered, 3);
    show(StepKind::ResetByPeer, 3);
    QCOMPARE(noticeText(*m_line), "#3: Reset by the peer (and 2 more)");
    QCOMPARE(moreText(), "+1");
    click(*m_line, "dismissNotice");
    show(StepKind::ResetByPeer, 4);
    QCOMPARE(noticeText(*m_line), "#4: Reset by the peer");
}

/// However many connections are reset, there is only one notice of each kind.
void StatusLineTest::manyNoticesAreFew()
{
    for (int i = 1; i <= 1000; ++i) {
        for (const StepKind kind : {StepKind::Undelivered, StepKind::ResetByPeer})
            m_line->show(ConversationNotices::forStep(makeEvent(kind, i)).value());
    }
    QCOMPARE(noticeText(*m_line), "#1000: Reset by the peer (and 999 more)");
    QCOMPARE(moreText(), "+1");
}

void StatusLineTest::replacedNoticeComesToTheFront()
{
    m_line->show({.key = "a", .text = "it went well"});
    QCOMPARE(levelShown(), "Information");
    m_line->show({.key = "a", .level = Notice::Level::Error, .text = "it did not"});
    QCOMPARE(levelShown(), "Error");
    QCOMPARE(noticeText(*m_line), "it did not");
    m_line->show({.key = "b", .level = Notice::Level::Warning, .text = "other"});
    QCOMPARE(levelShown(), "Warning");
    m_line->show({.key = "a", .text = "now it did"});
    QCOMPARE(levelShown(), "Information");
    QCOMPARE(noticeText(*m_line), "now it did");
    QCOMPARE(moreText(), "+1");
    click(*m_line, "dismissNotice");
    QCOMPARE(noticeText(*m_line), "other");
}

void StatusLineTest::replacedNoticeKeepsItsButtons()
{
    int ran = 0;
    const auto notice = [&ran](int number) {
        return Notice{
            .key = "a", .text = QString::number(number), .actions = {{"Go", [&ran, number] { ran = number; }}}};
    };
    m_line->show(notice(1));
    const auto *button = part<QPushButton>(*m_line, "noticeAction0");
    m_line->show(notice(2));
    QCOMPARE(part<QPushButton>(*m_line, "noticeAction0"), button); // it may be pressed just now
    click(*m_line, "noticeAction0");
    QCOMPARE(ran, 2);
    QCOMPARE(statusText(*m_line), QString());
}

void StatusLineTest::aLongTextOpensInFull()
{
    const QString longText = QString("words ").repeated(100) + "and the end";
    m_line->show(holding("short"));
    QCOMPARE(moreText(), QString());
    m_line->remove("short");
    m_line->show(past("behind"));
    Notice notice = holding(longText);
    m_line->show(notice);
    QTRY_COMPARE(moreText(), "+1");
    QTest::mouseClick(part<QLabel>(*m_line, "statusText"), Qt::LeftButton);
    QWidget *popup = QApplication::activePopupWidget();
    QVERIFY(popup);
    QStringList texts;
    for (const auto *label : popup->findChildren<QLabel *>()) {
        texts.append(label->text());
        QVERIFY(label->height() >= label->heightForWidth(label->width())); // nothing of it is cut off
    }
    QCOMPARE(texts, (QStringList{"Error: " + longText, "behind"}));
    QTest::keyClick(popup, Qt::Key_Escape);
    QTRY_VERIFY(!QApplication::activePopupWidget());
    m_line->remove("behind");
    QCOMPARE(moreText(), "…"); // it does not fit
}

void StatusLineTest::theFocusIsGivenBack()
{
    QSignalSpy lost(m_line.get(), &StatusLine::focusLost);
    m_line->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_line.get()));
    m_line->setPending(replyDue());
    part<QPushButton>(*m_line, "replyNow")->setFocus();
    m_line->setPending(replyDue());
    QCOMPARE(lost.size(), 0);
    m_line->setPending({});
    QCOMPARE(lost.size(), 1);
}

void StatusLineTest::returnPressesTheFocusedButton()
{
    QSignalSpy pressed(m_line.get(), &StatusLine::replyNow);
    m_line->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_line.get()));
    m_line->setPending(replyDue());
    auto *button = part<QPushButton>(*m_line, "replyNow");
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Return);
    QCOMPARE(pressed.size(), 1);
}

REGISTER_TEST(StatusLineTest)

#include "tst_statusline.moc"
