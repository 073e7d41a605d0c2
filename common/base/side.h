// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QLatin1StringView>

#include <array>

/// An end of a connection, and the program there.
enum class Side : quint8 { Client, Server };

constexpr std::array<Side, 2> bothSides{Side::Client, Side::Server};
constexpr std::array<QLatin1StringView, 2> sideWords{QLatin1StringView("client"), QLatin1StringView("server")};

constexpr Side otherEnd(Side side)
{
    return side == Side::Client ? Side::Server : Side::Client;
}
