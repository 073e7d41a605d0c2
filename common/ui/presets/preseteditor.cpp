// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "preseteditor.h"

#include "conversation/framer.h"
#include "packets/endpoint.h"
#include "picture/colors.h"
#include "steps/steptext.h"
#include "ui/forms/checkededit.h"
#include "ui/forms/framingedit.h"
#include "ui/forms/messageedit.h"
#include "ui/forms/messageformbutton.h"
#include "ui/tools/uitools.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>

namespace {

constexpr qsizetype shownBytes = 32;

} // namespace

PresetEditor::PresetEditor(QWidget *parent)
    : QWidget(parent)
    , m_name(new QLineEdit(this))
    , m_message(new MessageEdit(this))
    , m_becomes(new QLabel(this))
    , m_framing(new FramingEdit(FramingEdit::Use::Preset, this))
    , m_host(new CheckedEdit(this))
    , m_port(new CheckedEdit(this))
    , m_error(new QLabel(this))
{
    createFields();
    addRows();
    setFocusProxy(m_name);
    const auto changed = [this] {
        showBytes();
        m_error->setText(error());
        if (!m_isSetting)
            emit edited();
    };
    connect(m_name, &QLineEdit::textChanged, this, changed);
    connect(m_message, &MessageEdit::changed, this, changed);
    connect(m_framing, &FramingEdit::changed, this, changed);
    connect(m_host, &QLineEdit::textChanged, this, changed);
    connect(m_port, &CheckedEdit::checked, this, changed);
    connect(m_message, &MessageEdit::refused, m_error, &QLabel::setText);
}

void PresetEditor::createFields()
{
    UiTools::describe(m_name, "presetName", tr("Name"));
    UiTools::describe(m_message, "presetMessage", tr("Message"));
    UiTools::describe(m_becomes, "presetBytes", tr("Bytes of the message"));
    UiTools::describe(m_framing, "presetFraming", tr("What the message ends with"));
    UiTools::describe(m_host, "presetHost", tr("Host"));
    UiTools::describe(m_port, "presetPort", tr("Port"));
    UiTools::describe(m_error, "presetError", tr("Mistake in the preset"));
    m_host->setMinimumWidth(fontMetrics().averageCharWidth() * 12);
    m_host->setPlaceholderText(tr("the window's"));
    m_host->setToolTip(tr("Where a client connects to send the preset"));
    m_port->setPlaceholderText(tr("the window's"));
    m_port->setCheck([](const QString &text) {
        return text.isEmpty() || Endpoint::parsePort(text, 1) ? QString() : tr("A port is a number from 1 to 65535.");
    });
    for (QLabel *label : {m_becomes, m_error}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setMinimumHeight(2 * fontMetrics().lineSpacing()); // nothing moves
        label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    }
    UiTools::setTextColor(m_error, &Colors::error);
}

void PresetEditor::addRows()
{
    auto *form = new MessageFormButton(m_message, {}, this);
    UiTools::describe(form, "presetFormButton", tr("How the message is read"));
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setSpacing(UiTools::grid);
    const auto addLabel = [this, grid](const QString &text, QWidget *buddy, int row, int column) {
        auto *label = new QLabel(text, this);
        label->setBuddy(buddy);
        grid->addWidget(label, row, column, buddy == m_becomes ? Qt::AlignTop : Qt::Alignment());
    };
    addLabel(tr("&Name"), m_name, 0, 0);
    grid->addWidget(m_name, 0, 1, 1, 3);
    addLabel(tr("&Message"), m_message, 1, 0);
    grid->addWidget(m_message, 1, 1, 1, 2);
    grid->addWidget(form, 1, 3);
    addLabel(tr("Becomes"), m_becomes, 2, 0);
    grid->addWidget(m_becomes, 2, 1, 1, 3);
    addLabel(tr("Ends &with"), m_framing, 3, 0);
    grid->addWidget(m_framing, 3, 1, 1, 3);
    addLabel(tr("&Host"), m_host, 4, 0);
    grid->addWidget(m_host, 4, 1);
    addLabel(tr("&Port"), m_port, 4, 2);
    grid->addWidget(m_port, 4, 3);
    grid->addWidget(m_error, 5, 0, 1, 4);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(6, 1);
}

void PresetEditor::setPreset(const Preset &preset)
{
    m_isSetting = true;
    m_name->setText(preset.name);
    m_message->setTyped(preset.message);
    m_framing->setText(preset.framing ? QString::fromLatin1(preset.framing->text()) : QString());
    m_host->setText(preset.host);
    m_port->setText(preset.port == 0 ? QString() : QString::number(preset.port));
    m_isSetting = false;
    showBytes();
    m_error->setText(isEnabled() ? error() : QString()); // otherwise there is no preset
}

Preset PresetEditor::preset() const
{
    return {.name = m_name->text().trimmed(),
            .message = m_message->typed(),
            .framing = m_framing->framing(),
            .host = m_host->text().trimmed(),
            .port = Endpoint::parsePort(m_port->text(), 1).value_or(0)};
}

QString PresetEditor::error() const
{
    if (m_name->text().trimmed().isEmpty())
        return tr("A preset has a name.");
    for (const QString &error : {m_message->mistake(), m_framing->error(), m_port->error()}) {
        if (!error.isEmpty())
            return error;
    }
    const auto framing = m_framing->framing();
    return framing ? Framer::refusal(m_message->bytes(), *framing) : QString();
}

void PresetEditor::showBytes()
{
    if (!isEnabled() || !m_message->mistake().isEmpty())
        return m_becomes->setText({});
    const QByteArray message = m_message->bytes();
    const auto framing = m_framing->framing();
    const bool isRefused = framing && !Framer::refusal(message, *framing).isEmpty();
    const QByteArray bytes = framing && !isRefused ? Framer::framed(message, *framing) : message;
    const QString hex = TypedMessage::inHex(QByteArrayView(bytes).first(qMin(bytes.size(), shownBytes)));
    const QString more = bytes.size() > shownBytes ? tr(" …") : QString();
    m_becomes->setText(tr("%1%2 (%3)").arg(hex, more, StepText::exactSize(bytes.size())));
}

#include "moc_preseteditor.cpp"
