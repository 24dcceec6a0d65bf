import ArgumentParser
@main struct Perigee: ParsableCommand {}
