// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "messagerow.h"

#include "steadybutton.h"
#include "uitools.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

namespace {

void applyTo(QAction *action, const Control &control)
{
    action->setText(control.text);
    action->setToolTip(control.toolTip);
    action->setEnabled(control.enabled);
}

} // namespace

MessageRow::MessageRow(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_send(new SteadyButton(this))
    , m_close(new QToolButton(this))
{
    auto *label = new QLabel(tr("Messa&ge"), this);
    label->setBuddy(m_edit);
    UiTools::describe(m_edit, "messageEdit", tr("Message"));
    UiTools::describe(m_send, "sendButton", tr("Send"));
    UiTools::describe(m_close, "closeButton", tr("Close Connection"));

    auto *menu = new QMenu(m_close);
    menu->setToolTipsVisible(true);
    m_closeAction = menu->addAction(tr("Close: FIN, stop receiving"), this, &MessageRow::closePressed);
    m_finishSending = menu->addAction(QString(), this, &MessageRow::finishSendingPressed);
    m_reset = menu->addAction(QString(), this, &MessageRow::resetPressed);
    m_closeAction->setObjectName(QStringLiteral("closeAction"));
    m_finishSending->setObjectName(QStringLiteral("finishSendingAction"));
    m_reset->setObjectName(QStringLiteral("resetAction"));
    m_finishSending->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_F);
    m_reset->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_R);
    addActions({m_finishSending, m_reset}); // so that the shortcuts count though the menu is closed
    m_close->setMenu(menu);
    m_close->setPopupMode(QToolButton::MenuButtonPopup);
    m_close->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_close->setFocusPolicy(Qt::StrongFocus);
    m_close->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(label);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_send);
    layout->addWidget(m_close);
    setControls({});
    m_close->setMinimumHeight(m_send->sizeHint().height());

    connect(m_edit, &QLineEdit::textChanged, this, &MessageRow::messageChanged);
    connect(m_edit, &QLineEdit::returnPressed, this, &MessageRow::entered);
    connect(m_send, &QPushButton::clicked, this, &MessageRow::sendPressed);
    connect(m_close, &QToolButton::clicked, this, &MessageRow::closePressed);
}

QString MessageRow::message() const
{
    return m_edit->text();
}

void MessageRow::setControls(const Controls &controls)
{
    UiTools::apply(m_send, controls.send);
    m_send->setMinimumWidth(qMax(m_send->minimumWidth(), m_send->sizeHint().width())); // so that nothing jumps
    if (m_close->text() != controls.close.text) {
        m_close->setText(controls.close.text);
        m_close->setShortcut(Qt::ALT | Qt::Key_L); // in every language, whatever the text underlines
    }
    m_close->setToolTip(controls.close.toolTip);
    if (!controls.close.enabled && window()->focusWidget() == m_close)
        m_edit->setFocus(Qt::TabFocusReason); // it would go to the next in Tab's order, which may be anything
    m_close->setEnabled(controls.close.enabled);
    m_closeAction->setToolTip(controls.close.toolTip);
    m_closeAction->setEnabled(controls.close.enabled);
    applyTo(m_finishSending, controls.finishSending);
    applyTo(m_reset, controls.reset);
}

void MessageRow::clearForNext()
{
    if (m_edit->hasFocus())
        m_edit->selectAll();
}
