// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "noticebar.h"

#include "uitools.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace {

bool haveSameButtons(const Notice &a, const Notice &b)
{
    return std::equal(a.actions.begin(), a.actions.end(), b.actions.begin(), b.actions.end(),
                      [](const Notice::Action &one, const Notice::Action &other) { return one.text == other.text; });
}

} // namespace

NoticeBar::NoticeBar(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_more(new QLabel(this))
    , m_buttons(new QHBoxLayout)
    , m_dismiss(new QToolButton(this))
{
    setFrameShape(StyledPanel);
    setBackgroundRole(QPalette::AlternateBase);
    setAutoFillBackground(true);
    UiTools::describe(this, "noticeBar", tr("Notices"));
    UiTools::describe(m_text, "noticeText", tr("Notice"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QSizePolicy givesWay(QSizePolicy::Ignored, QSizePolicy::Preferred);
    givesWay.setHeightForWidth(true);
    m_text->setSizePolicy(givesWay);
    m_more->setObjectName(QStringLiteral("noticeMore"));
    m_dismiss->setAutoRaise(true);
    m_dismiss->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
    m_dismiss->setShortcut(Qt::Key_Escape);
    m_dismiss->setToolTip(tr("Dismiss this notice (Esc)"));
    UiTools::describe(m_dismiss, "dismissNotice", tr("Dismiss this notice"));
    connect(m_dismiss, &QToolButton::clicked, this, [this] {
        if (!m_notices.empty())
            m_notices.pop_back();
        refresh();
    });

    auto *layout = new QHBoxLayout(this);
    const int margin = style()->pixelMetric(QStyle::PM_LayoutVerticalSpacing) / 2 + 2;
    layout->setContentsMargins(margin * 2, margin, margin, margin);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addLayout(m_buttons);
    layout->addWidget(m_more);
    layout->addWidget(m_dismiss);
    hide();
}

void NoticeBar::show(Notice notice)
{
    const auto old = std::find_if(m_notices.begin(), m_notices.end(),
                                  [&notice](const Notice &other) { return other.key == notice.key; });
    if (old != m_notices.end()) {
        notice.replaced = old->replaced + 1;
        if (old + 1 == m_notices.end() && haveSameButtons(*old, notice)) {
            *old = std::move(notice); // its buttons stay: one of them may be pressed just now
            showFront();
            return;
        }
        m_notices.erase(old);
    }
    m_notices.push_back(std::move(notice));
    refresh();
}

void NoticeBar::remove(const QString &key)
{
    if (key.isEmpty())
        return;
    if (std::erase_if(m_notices, [&key](const Notice &notice) { return notice.key == key; }) > 0)
        refresh();
}

bool NoticeBar::contains(const QString &key) const
{
    return std::any_of(m_notices.begin(), m_notices.end(), [&key](const Notice &notice) { return notice.key == key; });
}

void NoticeBar::refresh()
{
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    setVisible(!m_notices.empty());
    if (m_notices.empty())
        return;
    showFront();
    const Notice &notice = m_notices.back();
    for (size_t i = 0; i < notice.actions.size(); ++i) {
        auto *button = new QPushButton(notice.actions[i].text, this);
        if (const QKeySequence shortcut = notice.actions[i].shortcut; !shortcut.isEmpty()) {
            button->setShortcut(shortcut);
            button->setToolTip(shortcut.toString(QKeySequence::NativeText));
        }
        button->setObjectName(QStringLiteral("noticeAction%1").arg(i));
        connect(button, &QPushButton::clicked, this, [this, i] { run(i); });
        m_buttons->addWidget(button);
        button->show();
    }
    const size_t behind = m_notices.size() - 1;
    m_more->setVisible(behind > 0);
    m_more->setText(tr("+%1", "so many more notices").arg(behind));
    m_more->setToolTip(tr("More notices behind this one: %1").arg(behind));
}

void NoticeBar::showFront()
{
    const Notice &notice = m_notices.back();
    m_text->setText(notice.gathers && notice.replaced > 0 ? tr("%1 (and %2 more)", "what happened, how often before")
                                                                .arg(notice.text, QLocale().toString(notice.replaced))
                                                          : notice.text);
    if (m_levelShown == notice.level)
        return;
    m_levelShown = notice.level;
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    m_icon->setPixmap(style()->standardIcon(icon(notice.level)).pixmap(QSize(size, size), devicePixelRatioF()));
    m_icon->setAccessibleName(levelName(notice.level));
    m_icon->setToolTip(levelName(notice.level));
}

void NoticeBar::run(size_t action)
{
    if (m_notices.empty() || action >= m_notices.back().actions.size())
        return;
    const auto f = std::move(m_notices.back().actions[action].run);
    m_notices.pop_back();
    refresh();
    f();
}

QStyle::StandardPixmap NoticeBar::icon(Notice::Level level)
{
    switch (level) {
    case Notice::Level::Information:
        return QStyle::SP_MessageBoxInformation;
    case Notice::Level::Warning:
        return QStyle::SP_MessageBoxWarning;
    case Notice::Level::Error:
        break;
    }
    return QStyle::SP_MessageBoxCritical;
}

QString NoticeBar::levelName(Notice::Level level)
{
    switch (level) {
    case Notice::Level::Information:
        return tr("Information");
    case Notice::Level::Warning:
        return tr("Warning");
    case Notice::Level::Error:
        break;
    }
    return tr("Error");
}
