// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "messageformbutton.h"

#include "messageedit.h"
#include "messages/messagefile.h"
#include "ui/tools/uitools.h"

#include <QActionGroup>
#include <QFileDialog>
#include <QMenu>
#include <QStyleOptionToolButton>
#include <QStylePainter>

namespace {

QString nameOf(const QAction &form)
{
    return form.text().remove(u'&').remove(u'…');
}

} // namespace

MessageFormButton::MessageFormButton(MessageEdit *edit, const QString &caption, QWidget *parent)
    : QToolButton(parent)
    , m_edit(edit)
    , m_forms(new QActionGroup(this))
    , m_encodings(new QActionGroup(this))
    , m_caption(caption)
{
    setPopupMode(InstantPopup);
    setFocusPolicy(Qt::StrongFocus);
    setAutoRaise(true);
    auto *menu = new QMenu(this);
    menu->setToolTipsVisible(true);
    setMenu(menu);
    addForm(MessageForm::Text, tr("&Text"), tr("The message is sent as it is typed."));
    addForm(MessageForm::Escapes, tr("&Escapes"),
            tr("\\n \\r \\t \\0 \\\\ \\xNN \\u{…} stand for bytes, and {crc32}, {length}, {counter} or {time} are "
               "computed."));
    addForm(MessageForm::Hex, tr("&Hex"), tr("Two digits are a byte, as in 02 41 42 03."));
    addForm(MessageForm::File, tr("&File…"), tr("Send the bytes of a file."));
    menu->addSeparator();
    addEncoding(TypedMessage::Encoding::Utf8, tr("&UTF-8"));
    addEncoding(TypedMessage::Encoding::Latin1, tr("&Latin-1"));
    menu->addSeparator();
    m_crLf = menu->addAction(tr("Line breaks: &CR LF"));
    m_crLf->setCheckable(true);
    connect(m_crLf, &QAction::triggered, m_edit, &MessageEdit::setCrLf);
    connect(m_edit, &MessageEdit::changed, this, &MessageFormButton::showForm);
    showForm();
}

void MessageFormButton::addForm(MessageForm form, const QString &text, const QString &toolTip)
{
    QAction *action = menu()->addAction(text);
    action->setToolTip(toolTip);
    action->setData(int(form));
    action->setCheckable(true);
    m_forms->addAction(action);
    if (form == MessageForm::File)
        connect(action, &QAction::triggered, this, &MessageFormButton::chooseFile);
    else
        connect(action, &QAction::triggered, m_edit, [this, form] { m_edit->setForm(form); });
}

void MessageFormButton::addEncoding(TypedMessage::Encoding encoding, const QString &text)
{
    QAction *action = menu()->addAction(text);
    action->setData(int(encoding));
    action->setCheckable(true);
    m_encodings->addAction(action);
    connect(action, &QAction::triggered, m_edit, [this, encoding] { m_edit->setEncoding(encoding); });
}

void MessageFormButton::chooseFile()
{
    showForm(); // the form stays until a file is chosen
    auto *dialog = new QFileDialog(this, tr("Message from a File"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MessageFormButton::openFile);
    dialog->open();
}

void MessageFormButton::openFile(const QString &path)
{
    m_reading.giveUp();
    m_reading.send([this, path]() -> Errand::Answer {
        const MessageFile::Typed typed = MessageFile::typed(path);
        return [this, path, typed] {
            if (typed.error.isEmpty())
                m_edit->setTyped(typed.message);
            else
                emit m_edit->refused(tr("Cannot read %1: %2").arg(path, typed.error));
        };
    });
}

void MessageFormButton::showForm()
{
    const auto check = [](const QActionGroup &group, int value) {
        for (QAction *action : group.actions()) {
            if (action->data().toInt() == value)
                action->setChecked(true);
        }
    };
    check(*m_forms, int(m_edit->form()));
    check(*m_encodings, int(m_edit->encoding()));
    m_crLf->setChecked(m_edit->hasCrLf());
    const QString name = nameOf(*m_forms->checkedAction());
    setText(m_caption.isEmpty() ? name : m_caption);
    const QString description = tr("The message is read as: %1").arg(name);
    setToolTip(description);
    setAccessibleDescription(description);
}

/// The text stands where that of a label would, and the arrow right behind it, from right to left, too.
void MessageFormButton::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QStylePainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    if (option.state & (QStyle::State_MouseOver | QStyle::State_Sunken))
        painter.drawPrimitive(QStyle::PE_PanelButtonTool, option);
    const int margin = m_caption.isEmpty() ? UiTools::grid / 2 : 0;
    const auto mirrored = [this](const QRect &place) { return QStyle::visualRect(layoutDirection(), rect(), place); };
    painter.drawItemText(mirrored(rect().adjusted(margin, 0, 0, 0)),
                         int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft)) | Qt::AlignVCenter |
                             Qt::TextShowMnemonic,
                         palette(), isEnabled(), text(), QPalette::WindowText);
    const int textWidth = fontMetrics().size(Qt::TextShowMnemonic, text()).width();
    const int arrow = style()->pixelMetric(QStyle::PM_MenuButtonIndicator, &option, this);
    option.rect = mirrored(QRect(margin + textWidth, 0, arrow, height()));
    painter.drawPrimitive(QStyle::PE_IndicatorArrowDown, option);
    if (hasFocus()) {
        QStyleOptionFocusRect focus;
        focus.initFrom(this);
        painter.drawPrimitive(QStyle::PE_FrameFocusRect, focus);
    }
}

#include "moc_messageformbutton.cpp"
