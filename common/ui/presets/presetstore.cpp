// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "presetstore.h"

#include "ui/tools/uitools.h"

#include <QSettings>

namespace {

constexpr auto presetsKey = QLatin1StringView("presets");

QSettings presetSettings()
{
    return QSettings(UiTools::organization(), QStringLiteral("presets"));
}

} // namespace

std::variant<QList<Preset>, QString> PresetStore::load()
{
    const QString json = presetSettings().value(presetsKey).toString();
    if (json.isEmpty())
        return QList<Preset>();
    return Presets::read(json.toUtf8());
}

void PresetStore::save(const QList<Preset> &presets)
{
    presetSettings().setValue(presetsKey, QString::fromUtf8(Presets::write(presets)));
}
