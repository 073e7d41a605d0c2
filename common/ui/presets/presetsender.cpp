// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "presetsender.h"

#include "packets/endpoint.h"
#include "presetmenu.h"
#include "ui/forms/conversationform.h"
#include "ui/forms/messageedit.h"
#include "ui/forms/messagerow.h"
#include "ui/status/statusline.h"
#include "ui/windows/conversationcontrols.h"

PresetSender::PresetSender(const Parts &parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
{
    auto *menu = new PresetMenu([this] { return typed(); }, window);
    parts.messageRow.addToFormMenu(menu);
    connect(menu, &PresetMenu::chosen, this, &PresetSender::send);
    connect(menu, &PresetMenu::refused, this, [this](const QString &sentence) { tell(sentence, true); });
    connect(menu, &PresetMenu::saved, this,
            [this](const QString &name) { tell(tr("“%1” is among the presets now.").arg(name), false); });
}

Preset PresetSender::typed() const
{
    Preset preset{.message = m_parts.messageRow.edit()->typed(), .framing = m_parts.messageRow.framing()};
    if (const auto destination = m_parts.form.destination()) {
        preset.host = destination->host;
        preset.port = destination->port;
    }
    return preset;
}

/// Why the open connection cannot take the preset, or nothing.
QString PresetSender::refusal(const Preset &preset) const
{
    if (m_parts.controls.current().formIsOpen)
        return {};
    const auto destination = m_parts.form.destination();
    const QString host = preset.host.isEmpty() && destination ? destination->host : preset.host;
    const quint16 port = preset.port == 0 && destination ? destination->port : preset.port;
    if (destination && (host != destination->host || port != destination->port))
        return tr("“%1” goes to %2. Close the connection to %3 first.")
            .arg(preset.name, Endpoint::text(host, port), Endpoint::text(destination->host, destination->port));
    if (const Framing framing = m_parts.messageRow.framing(); preset.framing && *preset.framing != framing)
        return tr("“%1” is framed as “%2”, and this connection as “%3”. Close it first.")
            .arg(preset.name, QString::fromLatin1(preset.framing->text()), QString::fromLatin1(framing.text()));
    return {};
}

void PresetSender::send(const Preset &preset)
{
    if (const QString sentence = refusal(preset); !sentence.isEmpty())
        return tell(sentence, true);
    if (m_parts.controls.current().formIsOpen) {
        if (preset.framing)
            m_parts.form.setFraming(*preset.framing);
        m_parts.form.setDestination(preset.host, preset.port);
    }
    m_parts.messageRow.edit()->setTyped(preset.message);
    const Control &send = m_parts.controls.current().send;
    if (send.enabled)
        m_parts.controls.pressSend();
    else
        tell(send.toolTip, true);
}

void PresetSender::tell(const QString &sentence, bool isRefusal)
{
    m_parts.notices.show({.key = QStringLiteral("preset"),
                          .level = isRefusal ? Notice::Level::Warning : Notice::Level::Information,
                          .text = sentence});
}

#include "moc_presetsender.cpp"
