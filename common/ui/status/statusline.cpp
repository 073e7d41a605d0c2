// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "statusline.h"

#include "pendingtext.h"
#include "statuspopup.h"
#include "ui/access/announcer.h"
#include "ui/tools/elidedlabel.h"
#include "ui/tools/icons.h"
#include "ui/tools/uitools.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include <algorithm>

namespace {

constexpr int countdownMs = 100;

QStyle::StandardPixmap iconOf(Notice::Level level)
{
    if (level == Notice::Level::Information)
        return QStyle::SP_MessageBoxInformation;
    return level == Notice::Level::Warning ? QStyle::SP_MessageBoxWarning : QStyle::SP_MessageBoxCritical;
}

QString textOf(const Notice &notice)
{
    return notice.gathers && notice.replaced > 0 ? StatusLine::tr("%1 (and %2 more)", "what happened, how often before")
                                                       .arg(notice.text, QLocale().toString(notice.replaced))
                                                 : notice.text;
}

} // namespace

StatusLine::StatusLine(QWidget *parent)
    : QWidget(parent)
    , m_announcer(new Announcer(this))
    , m_icon(new QLabel(this))
    , m_text(new ElidedLabel(this))
    , m_more(new QToolButton(this))
    , m_noticeButtons(new QHBoxLayout)
    , m_dismiss(new QToolButton(this))
{
    UiTools::describe(this, "statusLine", tr("Status"));
    UiTools::describe(m_text, "statusText", tr("Status"));
    m_icon->setObjectName(QStringLiteral("statusIcon"));
    m_text->installEventFilter(this);
    m_more->setAutoRaise(true);
    UiTools::describe(m_more, "statusMore", tr("Show the full text"));
    connect(m_more, &QToolButton::clicked, this, &StatusLine::openAll);
    m_dismiss->setAutoRaise(true);
    m_dismiss->setIcon(Icons::make(Icons::Shape::Close, palette().color(QPalette::WindowText)));
    m_dismiss->setToolTip(tr("Dismiss this notice (Esc)"));
    m_dismiss->setShortcut(Qt::Key_Escape);
    UiTools::describe(m_dismiss, "dismissNotice", tr("Dismiss this notice"));
    connect(m_dismiss, &QToolButton::clicked, this, &StatusLine::dismiss);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(UiTools::grid);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_more);
    layout->addLayout(m_noticeButtons);
    m_replyNow = addButton("replyNow", tr("Reply No&w"), tr("Send the reply without waiting for its delay."));
    m_stop = addButton("stopSending", tr("St&op"), tr("Stop repeating the message, or sending the file."));
    m_readAgain = addButton("readAgain", tr("Rea&d Again"), tr("Read what the peer has sent in the meantime."));
    m_closeNow = addButton("closeNow", tr("&Close Now"), tr("Send FIN without waiting for the close delay."));
    m_keepOpen = addButton("keepOpen", tr("&Keep Open"),
                           tr("Do not close automatically: stay in CLOSE-WAIT until you close the connection."));
    m_reset = addButton("resetNow", tr("Reset No&w"), tr("Do not wait: send RST and drop unsent bytes."));
    layout->addWidget(m_dismiss);
    connect(m_replyNow, &QPushButton::clicked, this, &StatusLine::replyNow);
    connect(m_stop, &QPushButton::clicked, this, &StatusLine::stopSending);
    connect(m_readAgain, &QPushButton::clicked, this, &StatusLine::readAgain);
    connect(m_closeNow, &QPushButton::clicked, this, &StatusLine::closeNow);
    connect(m_keepOpen, &QPushButton::clicked, this, &StatusLine::keepOpen);
    connect(m_reset, &QPushButton::clicked, this, &StatusLine::reset);

    m_countdown.setInterval(countdownMs);
    connect(&m_countdown, &QTimer::timeout, this, &StatusLine::showText);
    m_passing.setSingleShot(true);
    connect(&m_passing, &QTimer::timeout, this, [this] {
        if (underMouse()) // the user reads it, or is about to press its button
            m_passing.start();
        else if (const Notice *notice = past())
            remove(QString(notice->key)); // a copy, because removing the notice destroys the key
    });
    setFixedHeight(UiTools::rowHeight(*this));
    refresh();
}

QPushButton *StatusLine::addButton(const char *objectName, const QString &text, const QString &toolTip)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(QLatin1StringView(objectName));
    button->setToolTip(toolTip);
    button->hide();
    layout()->addWidget(button);
    return button;
}

void StatusLine::show(Notice notice)
{
    const auto old = std::find_if(m_notices.begin(), m_notices.end(),
                                  [&notice](const Notice &other) { return other.key == notice.key; });
    if (old != m_notices.end()) {
        notice.replaced = old->replaced + 1;
        m_notices.erase(old);
    }
    if (notice.kind == Notice::Kind::Past)
        m_passing.stop(); // the new notice gets the full time
    if (!notice.isUpdate)
        m_announcer->announce(textOf(notice));
    m_notices.push_back(std::move(notice));
    refresh();
}

void StatusLine::remove(const QString &key)
{
    if (key.isEmpty())
        return;
    if (std::erase_if(m_notices, [&key](const Notice &notice) { return notice.key == key; }) > 0)
        refresh();
}

bool StatusLine::contains(const QString &key) const
{
    return std::any_of(m_notices.begin(), m_notices.end(), [&key](const Notice &notice) { return notice.key == key; });
}

void StatusLine::setPending(const std::optional<ConnectionStatus> &status)
{
    m_status = status;
    refresh();
}

void StatusLine::setActivity(const QString &text)
{
    m_activity = text;
    showText();
    announce();
    refreshMore();
}

const Notice *StatusLine::front() const
{
    const Notice *front = nullptr;
    for (const Notice &notice : m_notices) {
        if (notice.kind != Notice::Kind::Past && (!front || notice.kind <= front->kind))
            front = &notice;
    }
    return front;
}

const Notice *StatusLine::past() const
{
    const auto newest = std::find_if(m_notices.rbegin(), m_notices.rend(),
                                     [](const Notice &notice) { return notice.kind == Notice::Kind::Past; });
    return newest == m_notices.rend() ? nullptr : &*newest;
}

const Notice *StatusLine::shownNotice() const
{
    if (const Notice *notice = front())
        return notice;
    return pendingText().isEmpty() ? past() : nullptr;
}

QString StatusLine::pendingText() const
{
    return m_status ? Pending::text(*m_status, StepTime::now().monotonicUs) : QString();
}

void StatusLine::refresh()
{
    const Notice *notice = shownNotice();
    const QWidget *focused = focusWidget();
    const bool hadFocus = focused && focused->hasFocus();
    showText();
    announce();
    showIcon(notice ? std::optional(notice->level) : std::nullopt);
    showButtons(notice);
    refreshMore();
    if (!notice || notice->kind != Notice::Kind::Past)
        m_passing.stop();
    else if (!m_passing.isActive())
        m_passing.start(m_passingMs);
    const bool isCountedDown = !notice && Pending::of(m_status).isCountedDown;
    if (isCountedDown != m_countdown.isActive())
        isCountedDown ? m_countdown.start() : m_countdown.stop();
    // Otherwise the focus would move to the next button, which may do anything.
    if (hadFocus && focused->isHidden())
        emit focusLost();
}

void StatusLine::showText()
{
    QString text = m_activity;
    if (const Notice *notice = shownNotice())
        text = textOf(*notice);
    else if (const QString pending = pendingText(); !pending.isEmpty())
        text = pending;
    m_text->setText(text);
    m_text->setToolTip(text);
}

/// A notice has been announced when it came. A countdown is when it begins.
void StatusLine::announce()
{
    const QString text = m_text->text();
    UiTools::changeAccessibleName(m_text, text.isEmpty() ? tr("Status") : tr("Status: %1").arg(text));
    const QString subject = Pending::of(m_status).isCountedDown ? QStringLiteral("countdown") : text;
    if (!shownNotice() && std::exchange(m_announced, subject) != subject)
        m_announcer->announceStatus(text);
}

void StatusLine::showIcon(std::optional<Notice::Level> level)
{
    m_icon->setVisible(level.has_value());
    if (!level || std::exchange(m_shownLevel, level) == level)
        return;
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    m_icon->setPixmap(style()->standardIcon(iconOf(*level)).pixmap(QSize(size, size), devicePixelRatioF()));
    m_icon->setAccessibleName(StatusPopup::levelName(*level));
    m_icon->setToolTip(StatusPopup::levelName(*level));
}

void StatusLine::showButtons(const Notice *notice)
{
    const Pending pending = notice ? Pending() : Pending::of(m_status);
    m_reset->setVisible(pending.canReset);
    m_closeNow->setVisible(pending.canCloseNow);
    m_keepOpen->setVisible(pending.canCloseNow);
    m_replyNow->setVisible(pending.canReplyNow);
    m_stop->setVisible(pending.canStop);
    m_readAgain->setVisible(pending.canReadAgain);
    m_dismiss->setVisible(notice != nullptr);
    makeNoticeButtons(notice ? *notice : Notice());
}

/// Keeps the existing buttons if they have the same actions, because the user may be pressing one of them.
void StatusLine::makeNoticeButtons(const Notice &notice)
{
    std::vector<QString> texts;
    for (const Notice::Action &action : notice.actions)
        texts.push_back(action.text);
    if (m_shownKey == notice.key && m_shownActions == texts)
        return;
    m_shownKey = notice.key;
    m_shownActions = texts;
    while (QLayoutItem *item = m_noticeButtons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (size_t i = 0; i < notice.actions.size(); ++i) {
        auto *button = new QPushButton(notice.actions[i].text, this);
        if (const QKeySequence shortcut = notice.actions[i].shortcut; !shortcut.isEmpty()) {
            button->setShortcut(shortcut);
            button->setToolTip(shortcut.toString(QKeySequence::NativeText));
        }
        button->setObjectName(QStringLiteral("noticeAction%1").arg(i));
        connect(button, &QPushButton::clicked, this, [this, key = notice.key, i] { run(key, i); });
        m_noticeButtons->addWidget(button);
        button->show();
    }
}

void StatusLine::refreshMore()
{
    const size_t behind = m_notices.size() - (shownNotice() ? 1 : 0);
    const bool isElided = m_text->isElided();
    m_more->setVisible(behind > 0 || isElided);
    m_more->setText(behind > 0 ? tr("+%1", "the number of further notices").arg(behind) : QStringLiteral("…"));
    m_more->setToolTip(behind > 0 ? tr("Further notices: %1").arg(behind) : tr("Show the full text"));
}

void StatusLine::openAll()
{
    std::vector<StatusPopup::Entry> entries;
    const Notice *shown = shownNotice();
    entries.push_back({shown ? std::optional(shown->level) : std::nullopt, m_text->text()});
    std::for_each(m_notices.rbegin(), m_notices.rend(), [&](const Notice &notice) {
        if (&notice != shown)
            entries.push_back({notice.level, textOf(notice)});
    });
    StatusPopup::open(entries, *this);
}

void StatusLine::run(const QString &key, size_t action)
{
    const auto notice =
        std::find_if(m_notices.begin(), m_notices.end(), [&key](const Notice &other) { return other.key == key; });
    if (notice == m_notices.end() || action >= notice->actions.size())
        return;
    const auto answer = std::move(notice->actions[action].run);
    m_notices.erase(notice);
    refresh();
    answer();
}

void StatusLine::dismiss()
{
    if (const Notice *notice = shownNotice())
        remove(QString(notice->key)); // a copy, because removing the notice destroys the key
}

void StatusLine::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    refreshMore();
}

void StatusLine::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        setFixedHeight(UiTools::rowHeight(*this));
    else if (event->type() == QEvent::PaletteChange)
        m_dismiss->setIcon(Icons::make(Icons::Shape::Close, palette().color(QPalette::WindowText)));
}

/// Return presses the button that has the focus.
void StatusLine::keyPressEvent(QKeyEvent *event)
{
    auto *button = qobject_cast<QAbstractButton *>(focusWidget());
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && button && button->hasFocus())
        button->click();
    else
        QWidget::keyPressEvent(event);
}

bool StatusLine::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_text && event->type() == QEvent::MouseButtonRelease && m_more->isVisible())
        openAll();
    if (watched == m_text && event->type() == QEvent::Resize)
        refreshMore();
    return QWidget::eventFilter(watched, event);
}

#include "moc_statusline.cpp"
