// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "messagerow.h"

#include "conversation/framer.h"
#include "messageedit.h"
#include "messageformbutton.h"
#include "steps/steptext.h"
#include "ui/access/splitbutton.h"
#include "ui/tools/icons.h"
#include "ui/tools/primarybutton.h"
#include "ui/tools/steadybutton.h"
#include "ui/tools/uitools.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
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
    , m_label(new QLabel(tr("Messa&ge"), this))
    , m_edit(new MessageEdit(this))
    , m_form(new MessageFormButton(m_edit, {}, this))
    , m_send(new SteadyButton(this))
    , m_sending(new QHBoxLayout)
    , m_close(new QToolButton(this))
    , m_closeLook(new PrimaryLook(m_close))
{
    m_label->setBuddy(m_edit);
    UiTools::describe(m_edit, "messageEdit", tr("Message"));
    UiTools::describe(m_form, "messageFormButton", tr("How the message is read"));
    UiTools::describe(m_send, "sendButton", tr("Send"));

    auto *menu = new QMenu(m_close);
    menu->setToolTipsVisible(true);
    m_closeAction = menu->addAction(tr("&Close: FIN, stop receiving"), this, &MessageRow::closePressed);
    m_finishSending = menu->addAction(QString(), this, &MessageRow::finishSendingPressed);
    m_reset = menu->addAction(QString(), this, &MessageRow::resetPressed);
    menu->addSeparator();
    m_reading = menu->addAction(QString(), this, [this] {
        if (m_readsAgain)
            emit readAgainPressed();
        else
            emit stopReadingPressed();
    });
    m_closeAction->setObjectName(QStringLiteral("closeAction"));
    m_finishSending->setObjectName(QStringLiteral("finishSendingAction"));
    m_reset->setObjectName(QStringLiteral("resetAction"));
    m_reading->setObjectName(QStringLiteral("readingAction"));
    m_finishSending->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_F);
    m_reset->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_R);
    m_reading->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_S);
    addActions({m_finishSending, m_reset, m_reading}); // enables the shortcuts while the menu is closed
    m_close->setMenu(menu);
    m_close->setPopupMode(QToolButton::MenuButtonPopup);
    m_close->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_close->setFocusPolicy(Qt::StrongFocus);
    QAccessible::installFactory(&SplitButton::create);
    UiTools::describe(m_close, "closeButton", tr("Close Connection")); // after it has its menu: see SplitButton
    m_close->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(UiTools::grid);
    layout->addWidget(m_label);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_form);
    m_sending->setSpacing(0);
    m_sending->addWidget(m_send);
    layout->addLayout(m_sending);
    layout->addWidget(m_close);
    setControls({});
    // The field may have several lines.
    layout->setAlignment(m_sending, Qt::AlignTop);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_label, m_form, m_close})
        layout->setAlignment(widget, Qt::AlignTop);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_label, m_form, m_send, m_close})
        widget->setFixedHeight(UiTools::rowHeight(*this));
    countBytes();

    connect(m_edit, &MessageEdit::changed, this, [this] {
        countBytes();
        emit messageChanged();
    });
    connect(m_edit, &MessageEdit::entered, this, &MessageRow::entered);
    connect(m_edit, &MessageEdit::refused, this, &MessageRow::refused);
    connect(m_edit, &MessageEdit::backslashTyped, this, [this] {
        if (!std::exchange(m_wasBackslashTyped, true))
            emit backslashTyped();
    });
    connect(m_send, &QPushButton::clicked, this, &MessageRow::sendPressed);
    connect(m_close, &QToolButton::clicked, this, &MessageRow::closePressed);
}

MessageTemplate MessageRow::message() const
{
    return m_edit->message();
}

QString MessageRow::mistake() const
{
    return m_edit->mistake();
}

void MessageRow::setFraming(const Framing &framing)
{
    if (std::exchange(m_framing, framing) != framing)
        countBytes();
}

void MessageRow::addToFormMenu(QMenu *menu)
{
    m_form->menu()->addSeparator();
    m_form->menu()->addMenu(menu);
}

void MessageRow::countBytes()
{
    if (!m_edit->mistake().isEmpty())
        return m_edit->setNote(tr("mistake"));
    if (const MessageTemplate message = m_edit->message(); message.file())
        return m_edit->setNote(StepText::size(message.file()->bytes));
    const QByteArray message = m_edit->bytes();
    const QString size = StepText::size(Framer::framed(message, m_framing).size());
    const qsizetype count = Framer::count(message, m_framing);
    m_edit->setNote(count > 1 ? tr("%1, the peer will see %2 messages").arg(size).arg(count) : size);
}

void MessageRow::setSendMenu(QMenu *menu)
{
    auto *arrow = new QToolButton(this);
    UiTools::describe(arrow, "sendMenuButton", tr("Other ways to send"));
    arrow->setToolTip(tr("Other ways to send"));
    arrow->setArrowType(Qt::DownArrow);
    arrow->setFocusPolicy(Qt::StrongFocus);
    connect(arrow, &QToolButton::clicked, menu,
            [arrow, menu] { menu->popup(arrow->mapToGlobal(arrow->rect().bottomLeft())); });
    arrow->setFixedHeight(UiTools::rowHeight(*this));
    m_sending->addWidget(arrow);
    setTabOrder(m_send, arrow);
    setTabOrder(arrow, m_close);
    addActions(menu->actions()); // enables the shortcuts while the menu is closed
}

void MessageRow::setLabelWidth(int width)
{
    m_alignedWidth = width;
    alignLabel();
}

void MessageRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    alignLabel();
}

/// Where there is no room for a message of usual length, its field gets the room before the other fields.
void MessageRow::alignLabel()
{
    const int extra = m_alignedWidth - m_label->sizeHint().width();
    const int others = layout()->minimumSize().width() - m_label->minimumWidth() - m_edit->minimumSizeHint().width();
    const bool hasRoom = width() - others - m_label->sizeHint().width() - extra >= m_edit->sizeHint().width();
    m_label->setMinimumWidth(hasRoom ? m_alignedWidth : 0);
}

void MessageRow::setControls(const Controls &controls)
{
    UiTools::apply(m_send, controls.send);
    // The button keeps its largest width, so that nothing jumps.
    m_send->setMinimumWidth(qMax(m_send->minimumWidth(), m_send->sizeHint().width()));
    if (m_close->text() != controls.close.text) {
        m_close->setText(controls.close.text);
        m_close->setShortcut(Qt::ALT | Qt::Key_L); // the same in every language, whatever mnemonic the text has
    }
    m_close->setToolTip(controls.close.toolTip);
    if (!controls.close.enabled && window()->focusWidget() == m_close)
        // Otherwise the focus would move to the next widget in the tab order, which may be anything.
        m_edit->setFocus(Qt::TabFocusReason);
    m_close->setEnabled(controls.close.enabled);
    m_closeLook->set(Icons::Shape::Close, controls.primary == Controls::Primary::Close);
    m_closeAction->setToolTip(controls.close.toolTip);
    m_closeAction->setEnabled(controls.close.enabled);
    applyTo(m_finishSending, controls.finishSending);
    applyTo(m_reset, controls.reset);
    applyTo(m_reading, controls.reading);
    m_readsAgain = controls.readsAgain;
}

void MessageRow::clearForNext()
{
    m_edit->addToHistory();
    if (m_edit->hasFocus())
        m_edit->selectAll();
}

#include "moc_messagerow.cpp"
